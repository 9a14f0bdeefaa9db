package dev.parley.auth.keys;

import dev.parley.contracts.token.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/// Makes key pairs for an algorithm, and reads them from their encoded forms.
final class KeyPairs {
  private static final int MODULUS_BITS = 2048;

  private KeyPairs() {}

  static KeyPair make(SigningAlgorithm algorithm) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(family(algorithm));
    switch (algorithm) {
      case RS256, PS256 -> generator.initialize(MODULUS_BITS);
      case ES256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
    }
    return generator.generateKeyPair();
  }

  /// @param encoded X.509
  static PublicKey publicKey(SigningAlgorithm algorithm, byte[] encoded)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(family(algorithm))
        .generatePublic(new X509EncodedKeySpec(encoded));
  }

  /// @param encoded PKCS#8
  static PrivateKey privateKey(SigningAlgorithm algorithm, byte[] encoded)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(family(algorithm))
        .generatePrivate(new PKCS8EncodedKeySpec(encoded));
  }

  private static String family(SigningAlgorithm algorithm) {
    return switch (algorithm) {
      case RS256, PS256 -> "RSA";
      case ES256 -> "EC";
    };
  }
}
