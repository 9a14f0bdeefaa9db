package dev.parley.contracts.signal;

import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [Signal] as a Kafka record: the conversation is the key, a custom signal's data the value, all
/// else is in headers.
public final class SignalCodec {
  private static final byte[] NOTHING = {};
  private static final String TYPE = "type";
  private static final String USER = "user";
  private static final String FROM = "from";
  private static final String REPLY_WANTED = "replyWanted";
  private static final String NAME = "name";
  private static final String SEQ = "seq";

  private SignalCodec() {}

  /// The key of `signal`'s record.
  public static byte[] key(Signal signal) {
    return Ids.bytes(signal.conversation());
  }

  /// The value of `signal`'s record.
  public static byte[] value(Signal signal) {
    return switch (signal) {
      case Signal.Custom c -> c.data().utf8();
      case Signal.Typing t -> NOTHING;
      case Signal.Read r -> NOTHING;
    };
  }

  /// The headers of `signal`'s record.
  public static RecordHeaders headers(Signal signal) {
    RecordHeaders headers =
        new RecordHeaders()
            .with(USER, signal.user())
            .with(FROM, signal.from())
            .with(REPLY_WANTED, signal.replyWanted());
    return switch (signal) {
      case Signal.Typing t -> headers.with(TYPE, "typing");
      case Signal.Custom c -> headers.with(TYPE, "signal").with(NAME, c.name());
      case Signal.Read r -> headers.with(TYPE, "read").with(SEQ, r.seq());
    };
  }

  /// The signal in a record.
  ///
  /// @throws MalformedRecord naming what is wrong with it
  public static Signal decode(
      byte @Nullable [] key, RecordHeaders.Reader headers, byte @Nullable [] value)
      throws MalformedRecord {
    headers.checkVersion();
    UUID conversation = Ids.fromBytes(key);
    if (conversation == null) {
      throw new MalformedRecord("the key is not the 16 bytes of a conversation id");
    }
    ReplyAddress from = ReplyAddress.parse(headers.required(FROM));
    if (from == null) {
      throw new MalformedRecord("header 'from' is not slot.incarnation/session/ticket");
    }
    UUID user = headers.requiredId(USER);
    boolean replyWanted = Boolean.parseBoolean(headers.required(REPLY_WANTED));
    String type = headers.required(TYPE);
    return switch (type) {
      case "typing" -> new Signal.Typing(conversation, user, from, replyWanted);
      case "signal" ->
          new Signal.Custom(
              conversation,
              user,
              from,
              replyWanted,
              headers.required(NAME),
              JsonText.of(required(value)));
      case "read" -> new Signal.Read(conversation, user, from, replyWanted, headers.number(SEQ));
      default -> throw new MalformedRecord("header 'type' names no known signal: " + type);
    };
  }

  private static byte[] required(byte @Nullable [] value) throws MalformedRecord {
    if (value == null) {
      throw new MalformedRecord("the value is missing; a signal carries its data there");
    }
    return value;
  }
}
