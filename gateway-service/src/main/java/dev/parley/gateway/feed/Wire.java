package dev.parley.gateway.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import java.io.IOException;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The few objects that fan-out itself says. All parts are numbers, canonical UUIDs and times, so
/// that nothing needs escaping.
final class Wire {
  private static final JsonFactory JSON = new JsonFactory();
  private static final byte[] SENT = "{\"type\":\"sent\"".getBytes(UTF_8);
  private static final byte[] DONE = "{\"type\":\"done\"".getBytes(UTF_8);

  private Wire() {}

  /// `sent` for a message, `done` for any other change.
  ///
  /// @param trace what the reply names besides, null for nothing
  static Frame settled(long id, @Nullable String trace, OwedReply owed) {
    UUID request = owed.request();
    if (owed.message() && request != null) {
      return reply(
          id,
          ServerFrames.traced(
              trace,
              ReplyEncoder.sent(owed.conversation(), request, owed.seq(), owed.at(), false)));
    }
    // Concatenated, not formatted: one is made for every change that somebody makes.
    return frame(
        "{\"id\":"
            + id
            + ",\"type\":\"done\",\"conversation\":\""
            + owed.conversation()
            + "\",\"request\":\""
            + request
            + "\",\"seq\":"
            + owed.seq()
            + ",\"at\":\""
            + Timestamps.text(owed.at())
            + "\"}");
  }

  /// An event for which a reply stands.
  record Place(UUID conversation, long seq) {}

  /// The event for which `reply` stands, null if it stands for none. Only a reply that begins as
  /// one that may is looked into.
  static @Nullable Place place(JsonText reply) {
    if (!begins(reply, SENT) && !begins(reply, DONE)) {
      return null;
    }
    UUID conversation = null;
    long seq = 0;
    try (JsonParser parser = JSON.createParser(reply.utf8())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "conversation" -> conversation = Ids.parse(parser.getValueAsString());
          case "seq" -> seq = parser.getValueAsLong();
          default -> parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return null;
    }
    return conversation == null || seq == 0 ? null : new Place(conversation, seq);
  }

  private static boolean begins(JsonText text, byte[] start) {
    return text.length() > start.length
        && Arrays.equals(text.utf8(), 0, start.length, start, 0, start.length);
  }

  /// `reply`, a JSON object, with `"id":N` as its first member.
  static Frame reply(long id, JsonText reply) {
    byte[] start = ("{\"id\":" + id + ",").getBytes(UTF_8);
    byte[] rest = reply.utf8();
    byte[] whole = new byte[start.length + rest.length - 1];
    System.arraycopy(start, 0, whole, 0, start.length);
    System.arraycopy(rest, 1, whole, start.length, rest.length - 1);
    return Frame.of(JsonText.of(whole));
  }

  static Frame behind(UUID conversation, long from, long to) {
    return frame(
        "{\"type\":\"behind\",\"conversation\":\"%s\",\"from\":%d,\"to\":%d}"
            .formatted(conversation, from, to));
  }

  static Frame reset(UUID conversation, long head) {
    return frame(
        "{\"type\":\"behind\",\"conversation\":\"%s\",\"reset\":true,\"from\":1,\"to\":%d}"
            .formatted(conversation, head));
  }

  static Frame joined(UUID conversation, long seq) {
    return frame(
        "{\"type\":\"joined\",\"conversation\":\"%s\",\"seq\":%d}".formatted(conversation, seq));
  }

  /// @param seq empty if it is not known in the place of which event the notice stands
  static Frame left(UUID conversation, OptionalLong seq) {
    String place = seq.isPresent() ? ",\"seq\":" + seq.getAsLong() : "";
    return frame("{\"type\":\"left\",\"conversation\":\"" + conversation + "\"" + place + "}");
  }

  private static Frame frame(String json) {
    return Frame.of(JsonText.of(json));
  }
}
