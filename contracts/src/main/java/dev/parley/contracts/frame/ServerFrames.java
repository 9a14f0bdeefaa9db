package dev.parley.contracts.frame;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Timestamps;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What gateways themselves say to clients, as exact bytes. Events, pushes and the replies of other
/// services come as bytes from those services; see `EventEncoder`, `PushEncoder`, `ReplyEncoder`.
///
/// A reply's `id` is never part of these: [#reply] puts it in front when it is known.
public final class ServerFrames {
  private static final JsonText DONE = object("done").end();
  private static final JsonText PONG = object("pong").end();

  private ServerFrames() {}

  /// `reply` with `id` as its first member.
  public static JsonText reply(long id, JsonText reply) {
    return first("\"id\":" + id, reply);
  }

  /// `reply` of a command whose sender asked for its trace.
  ///
  /// @param trace 32 hexadecimal digits; null: nobody asked
  public static JsonText traced(@Nullable String trace, JsonText reply) {
    if (trace == null) {
      return reply;
    }
    return first("\"trace\":\"" + trace + '"', reply);
  }

  /// The session is open.
  public static JsonText connected(Connected connected) {
    JsonWriter limits = JsonWriter.object();
    connected.limits().forEach((name, value) -> limits.with(name, value.longValue()));
    List<JsonText> conversations = new ArrayList<>(connected.conversations().size());
    for (Connected.Head head : connected.conversations()) {
      conversations.add(
          JsonWriter.object()
              .with("conversation", head.conversation())
              .with("seq", head.seq())
              .end());
    }
    JsonWriter json =
        object("connected")
            .with("session", connected.session())
            .with("user", connected.user())
            .with("expires", Timestamps.text(connected.expires()))
            .with("ping", connected.pingSeconds())
            .with("server", connected.server())
            .with("limits", limits.end())
            .with("conversations", conversations);
    return (connected.truncated() ? json.with("truncated", true) : json).end();
  }

  /// The subscription begins; missed events or live ones follow.
  public static JsonText subscribed(UUID conversation, long seq) {
    return object("subscribed").with("conversation", conversation).with("seq", seq).end();
  }

  public static JsonText unsubscribed(UUID conversation) {
    return object("unsubscribed").with("conversation", conversation).end();
  }

  /// A page of the log.
  ///
  /// @param events one event object each
  /// @param more whether further events exist in the direction read
  public static JsonText history(UUID conversation, List<JsonText> events, boolean more) {
    return object("history")
        .with("conversation", conversation)
        .with("events", events)
        .with("more", more)
        .end();
  }

  /// Something outside the log is done.
  public static JsonText done() {
    return DONE;
  }

  /// A refusal.
  ///
  /// @param message for people
  /// @param retryAfter milliseconds
  public static JsonText error(ErrorCode code, @Nullable String message, OptionalLong retryAfter) {
    JsonWriter json = object("error").with("code", code.wire()).with("message", message);
    retryAfter.ifPresent(millis -> json.with("retryAfter", millis));
    return json.end();
  }

  /// The token ends in a minute.
  ///
  /// @param expires epoch milliseconds
  public static JsonText expiring(long expires) {
    return object("expiring").with("expires", Timestamps.text(expires)).end();
  }

  /// The session goes on until `expires`, epoch milliseconds.
  public static JsonText refreshed(long expires) {
    return object("refreshed").with("expires", Timestamps.text(expires)).end();
  }

  /// Events from `from` to `to` were not sent; `history` has them.
  public static JsonText behind(UUID conversation, long from, long to) {
    return object("behind")
        .with("conversation", conversation)
        .with("from", from)
        .with("to", to)
        .end();
  }

  /// The client has seen more than there is: it forgets the conversation and reads it anew.
  public static JsonText reset(UUID conversation, long head) {
    return object("behind")
        .with("conversation", conversation)
        .with("reset", true)
        .with("from", 1)
        .with("to", head)
        .end();
  }

  /// The user became a member by event `seq`.
  public static JsonText joined(UUID conversation, long seq) {
    return object("joined").with("conversation", conversation).with("seq", seq).end();
  }

  /// The user is no member any more.
  ///
  /// @param seq the event in whose place this stands, if it is known
  public static JsonText left(UUID conversation, OptionalLong seq) {
    JsonWriter json = object("left").with("conversation", conversation);
    seq.ifPresent(number -> json.with("seq", number));
    return json.end();
  }

  public static JsonText pong() {
    return PONG;
  }

  /// How those are who are watched now; changes follow.
  ///
  /// @param users one `{"user","status",...}` object each
  public static JsonText watching(List<JsonText> users) {
    return object("watching").with("users", users).end();
  }

  /// One of those, of whom nothing may or can be told.
  public static JsonText unknown(UUID user) {
    return JsonWriter.object().with("user", user).with("status", "unknown").end();
  }

  /// How somebody is who is watched.
  ///
  /// @param status a `{"user","status",...}` object
  public static JsonText presence(JsonText status) {
    return first("\"type\":\"presence\"", status);
  }

  /// One who was watched and is watched no more: nothing may be told of them any longer.
  public static JsonText presence(UUID user) {
    return object("presence").with("user", user).with("status", "unknown").end();
  }

  private static JsonText first(String member, JsonText object) {
    byte[] head = ("{" + member + ",").getBytes(US_ASCII);
    byte[] rest = object.utf8();
    byte[] whole = new byte[head.length + rest.length - 1];
    System.arraycopy(head, 0, whole, 0, head.length);
    System.arraycopy(rest, 1, whole, head.length, rest.length - 1);
    return JsonText.of(whole);
  }

  private static JsonWriter object(String type) {
    return JsonWriter.object().with("type", type);
  }
}
