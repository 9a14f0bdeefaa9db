package dev.parley.auth.keys;

import dev.parley.contracts.token.AccessTokens;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// The public keys of access tokens as a JWK set (RFC 7517).
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "keys")
public class JwksResource {
  // Half the time for which a new key is published before it signs.
  private static final int FRESH_SECONDS = 30;

  private final SigningKeys keys;

  JwksResource(SigningKeys keys) {
    this.keys = keys;
  }

  /// A JWK set.
  public record Jwks(List<Jwk> keys) {}

  /// One RSA public key.
  public record Jwk(String kty, String use, String alg, String kid, String n, String e) {}

  @GET
  @Path("api/auth/jwks")
  @Operation(
      summary = "The keys that verify access tokens",
      description =
          "A JWK set (RFC 7517). During a rotation it holds two keys; tokens name theirs by `kid`.")
  public Response jwks() {
    CacheControl cache = new CacheControl();
    cache.setMaxAge(FRESH_SECONDS);
    List<Jwk> jwks = keys.known().keys().stream().map(JwksResource::jwk).toList();
    return Response.ok(new Jwks(jwks)).cacheControl(cache).build();
  }

  @GET
  @Path(".well-known/jwks.json")
  @Operation(
      summary = "The keys that verify access tokens",
      description = "The same as `/api/auth/jwks`, where many libraries look for it.")
  public Response wellKnown() {
    return jwks();
  }

  private static Jwk jwk(KeySet.Entry key) {
    return new Jwk(
        "RSA",
        "sig",
        AccessTokens.ALGORITHM,
        key.kid(),
        base64(key.publicKey().getModulus()),
        base64(key.publicKey().getPublicExponent()));
  }

  // Big endian without the sign's zero byte, as RFC 7518 asks for.
  private static String base64(BigInteger number) {
    byte[] bytes = number.toByteArray();
    int from = bytes[0] == 0 ? 1 : 0;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
  }
}
