package dev.parley.contracts.token;

import org.jspecify.annotations.Nullable;

/// The algorithms (RFC 7518) that a key of the auth-service may be made for. Each key is for one of
/// them alone, which its entry in the JWK set names: the algorithm changes with the key, and what a
/// token says of itself changes nothing.
public enum SigningAlgorithm {
  /// RSA with PKCS#1 v1.5 padding. The default: it is verified in a tenth of the time of ES256, and
  /// gateways verify a token at every connect.
  RS256,

  /// RSA with PSS padding.
  PS256,

  /// ECDSA on the curve P-256: small tokens.
  ES256;

  /// The algorithm of that name, else null.
  public static @Nullable SigningAlgorithm of(@Nullable String name) {
    for (SigningAlgorithm algorithm : values()) {
      if (algorithm.name().equals(name)) {
        return algorithm;
      }
    }
    return null;
  }
}
