package dev.parley.contracts.command;

import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.content.Content;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [Command] as a Kafka record: the conversation is the key, the content is the value, all else is
/// in headers.
public final class CommandCodec {
  private static final String TYPE = "type";
  private static final String USER = "user";
  private static final String REQUEST = "request";

  /// The header that says who is owed the answer: read also from records that are no commands.
  public static final String REPLY = "reply";

  private static final String REPLY_TO = "replyTo";

  private CommandCodec() {}

  /// The key of `command`'s record: commands of one conversation keep their order.
  public static byte[] key(Command command) {
    return Ids.bytes(command.conversation());
  }

  /// The value of `command`'s record.
  public static byte[] value(Command command) {
    return switch (command) {
      case Command.Send s -> s.content().utf8();
    };
  }

  /// The headers of `command`'s record.
  public static RecordHeaders headers(Command command) {
    RecordHeaders headers = new RecordHeaders();
    return switch (command) {
      case Command.Send s ->
          headers
              .with(TYPE, "send")
              .with(USER, s.user())
              .with(REQUEST, s.request())
              .with(REPLY, s.reply())
              .with(REPLY_TO, s.replyTo());
    };
  }

  /// The command in a record.
  ///
  /// @throws MalformedRecord naming what is wrong with it
  public static Command decode(
      byte @Nullable [] key, RecordHeaders.Reader headers, byte @Nullable [] value)
      throws MalformedRecord {
    headers.checkVersion();
    UUID conversation = Ids.fromBytes(key);
    if (conversation == null) {
      throw new MalformedRecord("the key is not the 16 bytes of a conversation id");
    }
    ReplyAddress reply = ReplyAddress.parse(headers.required(REPLY));
    if (reply == null) {
      throw new MalformedRecord("header 'reply' is not slot.incarnation/session/ticket");
    }
    String type = headers.required(TYPE);
    if (!type.equals("send")) {
      throw new MalformedRecord("header 'type' names no known command: " + type);
    }
    if (value == null) {
      throw new MalformedRecord("the value is missing; a send carries its content there");
    }
    if (!Content.couldBe(value)) {
      throw new MalformedRecord("the value is not one line of UTF-8 with a JSON object of content");
    }
    return new Command.Send(
        conversation,
        headers.requiredId(USER),
        headers.requiredId(REQUEST),
        reply,
        headers.id(REPLY_TO),
        JsonText.of(value));
  }
}
