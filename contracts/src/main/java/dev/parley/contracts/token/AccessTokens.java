package dev.parley.contracts.token;

import java.time.Duration;

/// What every access token looks like: a JWS whose issuer, key and times differ, and nothing else.
///
/// Claims besides those named here: `iss`, `sub` (the user's id), `jti`, `iat` and `exp` of RFC
/// 7519. The key is named by `kid` and found in the JWK set of the auth-service, never in the
/// token; the algorithm is the key's ([SigningAlgorithm]).
public final class AccessTokens {
  /// The header `typ` (RFC 9068): a token of another purpose, signed by the same key, is refused.
  public static final String TYPE = "at+jwt";

  /// The claim `aud`.
  public static final String AUDIENCE = "parley";

  /// The claim that holds the login's id: all tokens made from one password entry share it.
  public static final String LOGIN = "sid";

  /// The claim that holds the names of what the user may do in the whole installation (RFC 9068);
  /// it is there only for those who have one.
  public static final String ROLES = "roles";

  /// The name in [#ROLES] of those who look after the installation.
  public static final String ADMIN = "admin";

  /// No access token lives longer, so a revocation older than this is no longer needed.
  public static final Duration LONGEST_LIFE = Duration.ofHours(1);

  /// Where the auth-service publishes its JWK set, below its base URL.
  public static final String JWKS_PATH = "/api/auth/jwks";

  private AccessTokens() {}
}
