package dev.parley.auth.keys;

import dev.parley.contracts.token.AccessTokens;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The key set where Parley's services read it.
@Path(AccessTokens.JWKS_PATH)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public class JwksResource {
  private final SigningKeys keys;

  JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @Operation(
      summary = "The keys that verify access tokens",
      description =
          "A JWK set (RFC 7517). During a rotation it holds two keys; tokens name theirs by `kid`.")
  public Response jwks() {
    return JwkSet.response(keys.known());
  }
}
