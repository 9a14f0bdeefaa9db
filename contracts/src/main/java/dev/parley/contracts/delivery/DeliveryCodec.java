package dev.parley.contracts.delivery;

import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import org.jspecify.annotations.Nullable;

/// [Delivery] as a Kafka record: the JSON is the value, all else is in headers.
public final class DeliveryCodec {
  private static final String TYPE = "type";
  private static final String CONVERSATION = "conversation";
  private static final String SEQ = "seq";
  private static final String AT = "at";
  private static final String KIND = "kind";
  private static final String USER = "user";
  private static final String MEMBER = "member";
  private static final String MESSAGE = "message";
  private static final String REPLY = "reply";
  private static final String TARGET = "target";
  private static final String EXCEPT_SESSION = "exceptSession";
  private static final String EXCEPT_USER = "exceptUser";

  private DeliveryCodec() {}

  /// The headers of `delivery`; its value is [Delivery#json()].
  public static RecordHeaders headers(Delivery delivery) {
    RecordHeaders headers = new RecordHeaders();
    return switch (delivery) {
      case Delivery.Event e ->
          headers
              .with(TYPE, "event")
              .with(CONVERSATION, e.conversation())
              .with(SEQ, e.seq())
              .with(AT, e.at())
              .with(KIND, e.kind())
              .with(USER, e.user())
              .with(MEMBER, e.member())
              .with(MESSAGE, e.message())
              .with(REPLY, e.reply())
              .with(RecordHeaders.RECEIVED, e.received() == 0 ? null : e.received());
      case Delivery.Reply r -> headers.with(TYPE, "reply").with(REPLY, r.to());
      case Delivery.Push p ->
          headers
              .with(TYPE, "push")
              .with(TARGET, p.target())
              .with(EXCEPT_SESSION, p.exceptSession())
              .with(EXCEPT_USER, p.exceptUser());
      case Delivery.Heads h -> headers.with(TYPE, "heads");
    };
  }

  /// The delivery in a record.
  ///
  /// @throws MalformedRecord naming the header at fault
  public static Delivery decode(RecordHeaders.Reader headers, byte @Nullable [] value)
      throws MalformedRecord {
    headers.checkVersion();
    if (value == null) {
      throw new MalformedRecord("the value is missing; it is the JSON for clients");
    }
    JsonText json = JsonText.of(value);
    ReplyAddress reply = ReplyAddress.parse(headers.text(REPLY));
    String type = headers.required(TYPE);
    return switch (type) {
      case "event" ->
          new Delivery.Event(
              headers.requiredId(CONVERSATION),
              headers.number(SEQ),
              headers.number(AT),
              headers.required(KIND),
              headers.requiredId(USER),
              headers.id(MEMBER),
              headers.id(MESSAGE),
              reply,
              headers.received(),
              json);
      case "reply" -> reply(reply, json);
      case "push" -> push(headers, json);
      case "heads" -> HeadsJson.read(value);
      default ->
          throw new MalformedRecord("header 'type' is no event, reply, push or heads: " + type);
    };
  }

  private static Delivery reply(@Nullable ReplyAddress to, JsonText json) throws MalformedRecord {
    if (to == null) {
      throw new MalformedRecord("header 'reply' is not slot.incarnation/session/ticket");
    }
    return new Delivery.Reply(to, json);
  }

  private static Delivery push(RecordHeaders.Reader headers, JsonText json) throws MalformedRecord {
    Route target = Route.parse(headers.text(TARGET));
    if (target == null) {
      throw new MalformedRecord("header 'target' is not a route");
    }
    return new Delivery.Push(target, headers.id(EXCEPT_SESSION), headers.id(EXCEPT_USER), json);
  }
}
