package dev.parley.auth.keys;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The key set where libraries look for it.
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public class WellKnownJwksResource {
  private final SigningKeys keys;

  WellKnownJwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  @GET
  @Operation(
      summary = "The keys that verify access tokens",
      description = "The same as `/api/auth/jwks`.")
  public Response jwks() {
    return JwkSet.response(keys.known());
  }
}
