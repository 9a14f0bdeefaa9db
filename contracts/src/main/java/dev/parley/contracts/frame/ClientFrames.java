package dev.parley.contracts.frame;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.content.Content;
import dev.parley.contracts.content.InvalidContent;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.NotJson;
import dev.parley.contracts.json.ParsedJson;
import dev.parley.contracts.presence.PresenceStatus;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what clients say, and decides for everything that is wrong with it whether it is answered,
/// passed over in silence, or the end of the connection.
public final class ClientFrames {
  /// Commands that change the log: they must carry an id.
  private static final Set<String> LOGGED = Set.of("send", "edit", "delete", "react", "pin");

  private static final int LONGEST_TOKEN = 16 * 1024;
  private static final int LONGEST_TYPE = 32;
  private static final JsonText NULL = JsonText.of("null");

  private ClientFrames() {}

  /// The command in `length` bytes of `utf8` from `offset`: one line of a message.
  public static ParsedFrame parse(byte[] utf8, int offset, int length, JsonLimits limits) {
    ParsedJson json;
    try {
      json = JsonReader.read(utf8, offset, length, limits);
    } catch (NotJson e) {
      return new ParsedFrame.Broken(Objects.requireNonNull(e.getMessage()));
    }
    Fields fields = new Fields(json.object());
    if (!(fields.get("type") instanceof JsonValue.Text(String type))) {
      return new ParsedFrame.Broken("An object has no string type.");
    }
    JsonValue given = fields.get("id");
    OptionalLong id = WholeNumber.of(given);
    if (id.isEmpty() && LOGGED.contains(type)) {
      return new ParsedFrame.Broken(type + " has no id from 0 to 2^53-1.");
    }
    if (json.flaw() != null) {
      return new ParsedFrame.Refused(id, type, json.flaw().code(), json.flaw().message());
    }
    if (given != null && id.isEmpty()) {
      return new ParsedFrame.Refused(
          id, type, ErrorCode.BAD_REQUEST, "id must be a whole number from 0 to 2^53-1.");
    }
    try {
      return new ParsedFrame.Accepted(frame(type, id, fields));
    } catch (RefusedField e) {
      return new ParsedFrame.Refused(id, type, e.code(), Objects.requireNonNull(e.getMessage()));
    }
  }

  private static ClientFrame frame(String type, OptionalLong id, Fields fields)
      throws RefusedField {
    return switch (type) {
      case "connect" -> connect(id, fields);
      case "refresh" -> new ClientFrame.Refresh(id, fields.requiredText("token", LONGEST_TOKEN));
      case "subscribe" ->
          new ClientFrame.Subscribe(
              id, fields.requiredId("conversation"), fields.number("after", 0, Limits.NUMBER));
      case "unsubscribe" -> new ClientFrame.Unsubscribe(id, fields.requiredId("conversation"));
      case "history" -> history(id, fields);
      case "send" -> send(id, fields);
      case "typing" -> new ClientFrame.Typing(id, fields.requiredId("conversation"));
      case "signal" -> signal(id, fields);
      case "read" ->
          new ClientFrame.Read(
              id,
              fields.requiredId("conversation"),
              fields.requiredNumber("seq", 1, Limits.NUMBER));
      case "presence" -> presence(id, fields);
      case "watch" -> new ClientFrame.Watch(id, fields.requiredIds("users", Limits.WATCHED));
      case "unwatch" -> new ClientFrame.Unwatch(id, fields.requiredIds("users", Limits.WATCHED));
      case "ping" -> new ClientFrame.Ping(id);
      case "edit", "delete", "react", "pin" ->
          throw RefusedField.bad(type + " is not supported by this server yet.");
      default -> throw RefusedField.bad("type names no command: " + shortened(type) + ".");
    };
  }

  private static ClientFrame connect(OptionalLong id, Fields fields) throws RefusedField {
    String token = fields.get("token") == null ? null : fields.requiredText("token", LONGEST_TOKEN);
    return new ClientFrame.Connect(
        id,
        token,
        fields.text("device", Limits.DEVICE),
        all(fields.get("subscribe")),
        fields.positions("resume", Limits.RESUMED));
  }

  private static boolean all(@Nullable JsonValue subscribe) throws RefusedField {
    if (subscribe == null) {
      return true;
    }
    if (subscribe instanceof JsonValue.Text(String which)
        && (which.equals("all") || which.equals("none"))) {
      return which.equals("all");
    }
    throw RefusedField.bad("subscribe must be all or none.");
  }

  private static ClientFrame history(OptionalLong id, Fields fields) throws RefusedField {
    return new ClientFrame.History(
        id,
        fields.requiredId("conversation"),
        fields.number("after", 0, Limits.NUMBER),
        fields.number("before", 0, Limits.NUMBER),
        (int) fields.number("limit", 1, Limits.HISTORY).orElse(Limits.HISTORY_DEFAULT));
  }

  private static ClientFrame send(OptionalLong id, Fields fields) throws RefusedField {
    try {
      return new ClientFrame.Send(
          id,
          fields.requiredId("conversation"),
          fields.requiredId("message"),
          fields.id("replyTo"),
          Content.check(fields.get("content")),
          // Anything else was an unknown field to older gateways, and stays one.
          fields.get("trace") instanceof JsonValue.Truth(boolean asked) && asked);
    } catch (InvalidContent e) {
      throw new RefusedField(e.code(), Objects.requireNonNull(e.getMessage()));
    }
  }

  private static ClientFrame signal(OptionalLong id, Fields fields) throws RefusedField {
    JsonValue data = fields.get("data");
    JsonText compact = data == null ? NULL : data.compact();
    if (compact.length() > Limits.SIGNAL_DATA) {
      throw new RefusedField(
          ErrorCode.TOO_LARGE, "data must have at most " + Limits.SIGNAL_DATA + " bytes.");
    }
    return new ClientFrame.Signal(
        id,
        fields.requiredId("conversation"),
        fields.requiredText("name", Limits.SIGNAL_NAME),
        compact);
  }

  private static ClientFrame presence(OptionalLong id, Fields fields) throws RefusedField {
    PresenceStatus status =
        fields.get("status") instanceof JsonValue.Text(String name)
            ? PresenceStatus.of(name)
            : null;
    if (status == null) {
      throw RefusedField.bad("status must be online, away, busy or invisible.");
    }
    return new ClientFrame.Presence(id, status, fields.text("text", PresenceStatus.TEXT_BYTES));
  }

  private static String shortened(String type) {
    return type.codePointCount(0, type.length()) <= LONGEST_TYPE
        ? type
        : type.substring(0, type.offsetByCodePoints(0, LONGEST_TYPE)) + "...";
  }
}
