package dev.parley.chaos.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// A number that stands for what an event says besides its head: 64 bits of a digest over the JSON
/// with its keys sorted, so that what a client meant, what it sees and what the database holds can
/// be compared whatever way they took.
public final class Fingerprint {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  // Fields that entries carry by themselves, wherever the server keeps them, and those of the head.
  private static final List<String> OUTSIDE =
      List.of(
          "type",
          "event",
          "conversation",
          "seq",
          "at",
          "user",
          "request",
          "member",
          "role",
          "replyTo");

  /// Of an event that says nothing besides its head: `joined`, `left`, `role`.
  public static final long NOTHING = of(JsonNodeFactory.instance.objectNode());

  private Fingerprint() {}

  /// Of a `message` with this content, a JSON object.
  public static long ofContent(JsonNode content) {
    return of(JsonNodeFactory.instance.objectNode().set("content", content));
  }

  /// Of the detail of another event, for example `{"message":...,"emoji":...,"on":true}`.
  public static long ofDetail(ObjectNode detail) {
    return of(detail.deepCopy().without(OUTSIDE));
  }

  /// Of the column `detail` of the database's log.
  public static long ofDetail(byte[] detail) {
    try {
      return ofDetail((ObjectNode) JSON.readTree(detail));
    } catch (IOException e) {
      throw new UncheckedIOException("a detail in the log is no JSON object", e);
    }
  }

  /// Of an `event` as it came.
  public static long ofEvent(ObjectNode event) {
    ObjectNode rest = event.deepCopy().without(OUTSIDE);
    return of("message".equals(event.path("event").asText()) ? rest.without("message") : rest);
  }

  private static long of(JsonNode json) {
    try {
      byte[] sorted = JSON.writeValueAsBytes(JSON.treeToValue(json, Object.class));
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(sorted)).getLong();
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
