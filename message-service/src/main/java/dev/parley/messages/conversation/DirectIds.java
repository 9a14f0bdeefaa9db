package dev.parley.messages.conversation;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/// The ids of direct conversations.
final class DirectIds {
  /// The name space of direct conversations' ids. Never changes: it makes the id of every direct
  /// conversation what it is.
  private static final UUID NAME_SPACE = UUID.fromString("6c9f0c2e-5f4e-4b2d-9a57-2f1c7d3b8e60");

  private static final long VERSION = 0xF000L;
  private static final long VARIANT = 0xC000_0000_0000_0000L;
  private static final long RFC_VARIANT = 0x8000_0000_0000_0000L;

  private DirectIds() {}

  /// The id of the direct conversation between two people (RFC 9562, version 5 of their two ids,
  /// the smaller text first): whoever opens it, and however often, it is one conversation.
  static UUID of(UUID one, UUID other) {
    boolean ordered = one.toString().compareTo(other.toString()) < 0;
    byte[] name =
        ByteBuffer.allocate(48)
            .putLong(NAME_SPACE.getMostSignificantBits())
            .putLong(NAME_SPACE.getLeastSignificantBits())
            .putLong((ordered ? one : other).getMostSignificantBits())
            .putLong((ordered ? one : other).getLeastSignificantBits())
            .putLong((ordered ? other : one).getMostSignificantBits())
            .putLong((ordered ? other : one).getLeastSignificantBits())
            .array();
    ByteBuffer hash = ByteBuffer.wrap(sha1(name));
    long high = (hash.getLong() & ~VERSION) | 0x5000L;
    return new UUID(high, (hash.getLong() & ~VARIANT) | RFC_VARIANT);
  }

  private static byte[] sha1(byte[] name) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(name);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
