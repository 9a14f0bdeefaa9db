package dev.parley.contracts.content;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The content of a message: a JSON object whose known keys have their right form; other keys are
/// carried as they are.
///
/// Reserved names are refused, so that what they will mean can still be decided.
public final class Content {
  /// The most that content may take as compact UTF-8, in bytes.
  public static final int MAX_BYTES = 32 * 1024;

  /// The most users that one message may mention.
  public static final int MAX_MENTIONS = 100;

  private static final List<String> RESERVED = List.of("thread", "tenant", "encrypted");

  private Content() {}

  /// Checks `value` and returns it as it will be stored and sent.
  ///
  /// @param value the member `content` of a request; null if it is absent
  /// @throws InvalidContent saying what is wrong and what would be right
  public static JsonText check(@Nullable JsonValue value) throws InvalidContent {
    if (!(value instanceof JsonObject content)) {
      throw refused("content must be a JSON object.");
    }
    for (String name : RESERVED) {
      if (content.has(name)) {
        throw refused("content." + name + " is a reserved name.");
      }
    }
    if (content.has("text") && !(content.get("text") instanceof JsonValue.Text)) {
      throw refused("content.text must be a string.");
    }
    checkFormat(content.get("format"));
    if (content.has("attachments") && !(content.get("attachments") instanceof JsonValue.Items)) {
      throw refused("content.attachments must be an array.");
    }
    checkMentions(content.get("mentions"));
    JsonText compact = content.compact();
    if (compact.length() > MAX_BYTES) {
      throw new InvalidContent(
          ErrorCode.TOO_LARGE,
          "content has " + compact.length() + " bytes; at most " + MAX_BYTES + " are allowed.");
    }
    return compact;
  }

  /// Whether `utf8` has the form of what [#check] returns, as far as this can be told without
  /// parsing it: enough to be sure that it breaks no line, no frame and no record that it gets
  /// into.
  public static boolean couldBe(byte[] utf8) {
    if (utf8.length < 2
        || utf8.length > MAX_BYTES
        || utf8[0] != '{'
        || utf8[utf8.length - 1] != '}') {
      return false;
    }
    for (byte b : utf8) {
      if (b >= 0 && b < ' ') {
        return false;
      }
    }
    try {
      var _ = UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static void checkFormat(@Nullable JsonValue format) throws InvalidContent {
    boolean known =
        format == null
            || (format instanceof JsonValue.Text(String name)
                && (name.equals("plain") || name.equals("markdown")));
    if (!known) {
      throw refused("content.format must be plain or markdown.");
    }
  }

  private static void checkMentions(@Nullable JsonValue mentions) throws InvalidContent {
    if (mentions == null) {
      return;
    }
    if (!(mentions instanceof JsonValue.Items(List<JsonValue> users))
        || users.size() > MAX_MENTIONS) {
      throw refused("content.mentions must be an array of at most " + MAX_MENTIONS + " user ids.");
    }
    for (JsonValue user : users) {
      if (!(user instanceof JsonValue.Text(String id)) || Ids.parse(id) == null) {
        throw refused("content.mentions must hold user ids.");
      }
    }
  }

  private static InvalidContent refused(String message) {
    return new InvalidContent(ErrorCode.BAD_REQUEST, message);
  }
}
