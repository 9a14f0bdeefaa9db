package dev.parley.auth.keys;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.token.SigningAlgorithm;
import dev.parley.runtime.problem.Problem;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// Rotation of signing keys by an operator.
@Path("/internal/keys")
@Tag(name = "internal")
public class RotationResource {
  private final SigningKeys keys;

  RotationResource(SigningKeys keys) {
    this.keys = keys;
  }

  /// A key that will sign.
  public record NextKey(String kid, String algorithm, String signsFrom) {}

  @POST
  @Path("rotate")
  @ResponseStatus(201)
  @Operation(
      summary = "Make a new signing key",
      description =
          "It is published at once and signs a minute later. The old one stays published until its"
              + " last token has ended. `algorithm` (RS256, PS256, ES256) is by default that of the"
              + " key before.")
  public NextKey rotate(@QueryParam("algorithm") @Nullable String algorithm) {
    SigningAlgorithm asked = SigningAlgorithm.of(algorithm);
    if (asked == null && algorithm != null) {
      throw new Problem(ErrorCode.BAD_REQUEST, "'algorithm' is RS256, PS256 or ES256.");
    }
    KeySet.Entry made = keys.rotate(asked);
    return new NextKey(
        made.kid(), made.algorithm().name(), Timestamps.text(made.signsFrom().toEpochMilli()));
  }

  @DELETE
  @Path("{kid}")
  @Operation(
      summary = "Withdraw a signing key at once",
      description =
          "For a key that may have leaked: every token that it signed is refused as soon as the"
              + " services have read the key set again (5 minutes), and people log in anew.")
  public void withdraw(@PathParam("kid") String kid) {
    if (!keys.withdraw(kid)) {
      throw new Problem(ErrorCode.NOT_FOUND, "There is no such key.");
    }
  }
}
