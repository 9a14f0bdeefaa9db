package dev.parley.auth.logins;

import dev.parley.contracts.Ids;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A refresh token: the id of its login, a secret that all tokens of the login share, and a secret
/// of its own. Opaque to clients; only hashes of it are stored. The shared secret proves that an
/// old token is genuine after its row is gone, so that nobody can end a login who never held a
/// token of it.
final class RefreshToken {
  private static final int ID_BYTES = 16;
  private static final int FAMILY_BYTES = 16;
  private static final int OWN_BYTES = 32;
  private static final int LENGTH = ID_BYTES + FAMILY_BYTES + OWN_BYTES;
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

  private final byte[] bytes;

  private RefreshToken(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The first token of a new login.
  static RefreshToken first(UUID login) {
    byte[] family = new byte[FAMILY_BYTES];
    RANDOM.nextBytes(family);
    return make(Ids.bytes(login), family);
  }

  /// Another token of the same login.
  RefreshToken next() {
    return make(Arrays.copyOf(bytes, ID_BYTES), family());
  }

  /// The token that `text` spells, or null if it spells none.
  static @Nullable RefreshToken parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      RefreshToken token = new RefreshToken(bytes);
      return bytes.length == LENGTH && token.text().equals(text) ? token : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  String text() {
    return ENCODER.encodeToString(bytes);
  }

  UUID login() {
    return Objects.requireNonNull(Ids.fromBytes(Arrays.copyOf(bytes, ID_BYTES)));
  }

  byte[] hash() {
    return sha256(bytes);
  }

  byte[] familyHash() {
    return sha256(family());
  }

  private byte[] family() {
    return Arrays.copyOfRange(bytes, ID_BYTES, ID_BYTES + FAMILY_BYTES);
  }

  private static RefreshToken make(byte[] id, byte[] family) {
    byte[] own = new byte[OWN_BYTES];
    RANDOM.nextBytes(own);
    return new RefreshToken(ByteBuffer.allocate(LENGTH).put(id).put(family).put(own).array());
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
