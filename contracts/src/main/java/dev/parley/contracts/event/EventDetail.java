package dev.parley.contracts.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.json.JsonText;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an event says besides its head: one compact JSON object for each kind, stored as it is.
public final class EventDetail {
  private static final JsonText NONE = JsonText.of("{}");
  private static final byte[] CONTENT = "{\"content\":".getBytes(UTF_8);

  private EventDetail() {}

  /// A `message` with `content`, a compact JSON object.
  public static JsonText message(JsonText content) {
    byte[] bytes = Arrays.copyOf(CONTENT, CONTENT.length + content.length() + 1);
    System.arraycopy(content.utf8(), 0, bytes, CONTENT.length, content.length());
    bytes[bytes.length - 1] = '}';
    return JsonText.of(bytes);
  }

  /// The content in the detail of a `message`, as it was given to [#message(JsonText)].
  ///
  /// @throws IllegalArgumentException if `detail` is not that of a `message`
  public static JsonText content(JsonText detail) {
    byte[] bytes = detail.utf8();
    if (bytes.length <= CONTENT.length
        || !Arrays.equals(bytes, 0, CONTENT.length, CONTENT, 0, CONTENT.length)) {
      throw new IllegalArgumentException("not the detail of a message");
    }
    return JsonText.of(Arrays.copyOfRange(bytes, CONTENT.length, bytes.length - 1));
  }

  /// A conversation of `kind` is `created`; null where there is none.
  ///
  /// @param joinRole what people who join a channel by themselves become
  public static JsonText created(
      ConversationKind kind,
      @Nullable String title,
      @Nullable String topic,
      @Nullable Role joinRole) {
    return object(
        field("kind", kind.wire()),
        field("title", title),
        field("topic", topic),
        field("joinRole", joinRole == null ? null : joinRole.wire()));
  }

  /// A member has `role` from now on: `joined` and `role`.
  public static JsonText role(Role role) {
    return object(field("role", role.wire()));
  }

  /// The conversation is `updated`; null stays as it was, an empty text is taken away.
  ///
  /// @param joinRole what people who join a channel by themselves become from now on
  public static JsonText updated(
      @Nullable String title, @Nullable String topic, @Nullable Role joinRole) {
    return object(
        field("title", title),
        field("topic", topic),
        field("joinRole", joinRole == null ? null : joinRole.wire()));
  }

  /// A `left` about somebody who was not in the conversation: banned beforehand, or no longer
  /// banned (null). The member stands here and not in the event's head, so that nothing is routed
  /// to them: they may not know of the conversation.
  public static JsonText outside(UUID member, @Nullable Role role) {
    return object(
        field("member", member.toString()), field("role", role == null ? null : role.wire()));
  }

  /// Nothing besides the head: `left`.
  public static JsonText none() {
    return NONE;
  }

  private static JsonText object(String... fields) {
    StringBuilder json = new StringBuilder("{");
    for (String field : fields) {
      if (!field.isEmpty()) {
        json.append(json.length() > 1 ? "," : "").append(field);
      }
    }
    return JsonText.of(json.append('}').toString());
  }

  private static String field(String name, @Nullable String value) {
    return value == null
        ? ""
        : "\""
            + name
            + "\":\""
            + new String(JsonStringEncoder.getInstance().quoteAsString(value))
            + "\"";
  }
}
