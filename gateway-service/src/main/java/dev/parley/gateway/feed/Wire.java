package dev.parley.gateway.feed;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.Timestamps;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import java.util.OptionalLong;
import java.util.UUID;

/// The few objects that fan-out itself says. All parts are numbers, canonical UUIDs and times, so
/// that nothing needs escaping.
final class Wire {
  private Wire() {}

  /// `sent` for a message, `done` for any other change, standing in the place of `event`.
  static Frame settled(long id, Delivery.Event event) {
    boolean message = event.kind().equals("message");
    // Concatenated, not formatted: one is made for every message that is sent.
    return frame(
        "{\"id\":"
            + id
            + (message ? ",\"type\":\"sent\"" : ",\"type\":\"done\"")
            + ",\"conversation\":\""
            + event.conversation()
            + (message ? "\",\"message\":\"" : "\",\"request\":\"")
            + event.message()
            + "\",\"seq\":"
            + event.seq()
            + ",\"at\":\""
            + Timestamps.text(event.at())
            + "\"}");
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
