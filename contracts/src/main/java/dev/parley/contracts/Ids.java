package dev.parley.contracts;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Ids of users, conversations, messages and sessions: UUIDs (RFC 9562) in canonical lower-case
/// text.
public final class Ids {
  private static final int TEXT_LENGTH = 36;

  private Ids() {}

  /// The id that `text` spells in canonical lower-case form, else null. Stricter than
  /// [UUID#fromString(String)], which accepts short groups and upper case.
  public static @Nullable UUID parse(@Nullable String text) {
    if (text == null || text.length() != TEXT_LENGTH) {
      return null;
    }
    for (int i = 0; i < TEXT_LENGTH; i++) {
      char c = text.charAt(i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      boolean hex = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
      if (dash ? c != '-' : !hex) {
        return null;
      }
    }
    return UUID.fromString(text);
  }

  /// A new id made by the server: a UUIDv7, so that ids made later sort later (to the millisecond)
  /// and database pages fill in order.
  public static UUID timeOrdered(long epochMillis) {
    UUID random = UUID.randomUUID();
    long high = (epochMillis << 16) | 0x7000L | (random.getMostSignificantBits() & 0xFFFL);
    return new UUID(high, random.getLeastSignificantBits());
  }

  /// The 16 bytes of `id`, big endian: the form of Kafka keys.
  public static byte[] bytes(UUID id) {
    return ByteBuffer.allocate(16)
        .putLong(id.getMostSignificantBits())
        .putLong(id.getLeastSignificantBits())
        .array();
  }

  /// The id in 16 big-endian bytes, else null.
  public static @Nullable UUID fromBytes(byte @Nullable [] bytes) {
    if (bytes == null || bytes.length != 16) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new UUID(buffer.getLong(), buffer.getLong());
  }
}
