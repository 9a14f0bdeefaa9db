package dev.parley.contracts.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Samples;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeliveryCodecTest {
  private static final long AT = 1_769_850_000_123L;
  private static final ReplyAddress REPLY =
      new ReplyAddress(new SlotAddress(3, "17-5f3a"), id(9), 42);

  @Test
  void eventIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("delivery/event.txt", message("message", REPLY));
  }

  @Test
  void eventAboutAMemberIsWrittenAndReadAsItsSample() throws Exception {
    assertSample(
        "delivery/joined.txt",
        new Delivery.Event(
            id(1), 2, AT, "joined", id(2), id(3), null, null, Samples.json("event/joined.json")));
  }

  @Test
  void replyIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("delivery/reply.txt", new Delivery.Reply(REPLY, ReplyEncoder.done()));
  }

  @Test
  void pushIsWrittenAndReadAsItsSample() throws Exception {
    assertSample(
        "delivery/push.txt",
        new Delivery.Push(
            Route.conversation(id(1)), id(9), id(2), Samples.json("signal/typing.json")));
  }

  @Test
  void headsAreWrittenAndReadAsTheirSample() throws Exception {
    assertSample(
        "delivery/heads.txt",
        new Delivery.Heads(Map.of(id(1), 58L), List.of(new Delivery.Joined(id(1), id(3), 57))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{",
        "{\"heads\":[]}",
        "{\"heads\":{\"x\":1}}",
        "{\"heads\":{\"01890a5d-ac96-774b-bcce-b302099a8001\":1.5}}",
        "{\"joined\":{}}",
        "{\"joined\":[[\"01890a5d-ac96-774b-bcce-b302099a8001\"]]}",
        "{\"joined\":[[\"01890a5d-ac96-774b-bcce-b302099a8001\",\"x\",1]]}"
      })
  void otherHeadsAreMalformed(String value) {
    RecordHeaders headers = DeliveryCodec.headers(new Delivery.Heads(Map.of(), List.of()));
    assertThrows(
        MalformedRecord.class,
        () ->
            DeliveryCodec.decode(
                new RecordHeaders.Reader(headers.bytes()::get), value.getBytes(UTF_8)));
  }

  @Test
  void kindsOfLaterVersionsAreReadBack() throws Exception {
    Delivery later = message("reacted", null);
    assertEquals(later, read(later));
  }

  @Test
  void whenItsCommandWasReceivedIsReadBack() throws Exception {
    Delivery timed = timed(AT - 12);
    assertEquals(timed, read(timed));
  }

  /// Nothing but measuring rests on it.
  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-1", "1234567890123456"})
  void receivedOfAnotherFormIsUnknown(String value) throws Exception {
    Map<String, byte[]> headers = new HashMap<>(DeliveryCodec.headers(timed(AT)).bytes());
    headers.put(RecordHeaders.RECEIVED, value.getBytes(UTF_8));
    assertEquals(
        timed(0),
        DeliveryCodec.decode(new RecordHeaders.Reader(headers::get), timed(0).json().utf8()));
  }

  @ParameterizedTest
  @CsvSource({"v, 2", "type, thing", "seq, 1.5", "conversation, x", "member, x"})
  void headerOfAnotherFormIsMalformed(String name, String value) {
    Delivery event = message("message", null);
    Map<String, byte[]> headers = new HashMap<>(DeliveryCodec.headers(event).bytes());
    headers.put(name, value.getBytes(UTF_8));
    assertThrows(
        MalformedRecord.class,
        () -> DeliveryCodec.decode(new RecordHeaders.Reader(headers::get), event.json().utf8()));
  }

  @Test
  void repliesAreTheirSamples() {
    assertEquals(Samples.json("reply/sent.json"), ReplyEncoder.sent(id(1), id(5), 58, AT, false));
    assertEquals(
        Samples.json("reply/sent-repeated.json"), ReplyEncoder.sent(id(1), id(5), 58, AT, true));
    assertEquals(Samples.json("reply/done.json"), ReplyEncoder.done());
    assertEquals(
        Samples.json("reply/error.json"),
        ReplyEncoder.error(ErrorCode.FORBIDDEN, "You may not \"post\" here."));
    assertEquals(
        JsonText.of(
            "{\"type\":\"error\",\"code\":\"unavailable\",\"message\":\"Not now.\",\"retryAfter\":1000}"),
        ReplyEncoder.unavailable("Not now."));
  }

  private static Delivery.Event message(String kind, ReplyAddress reply) {
    JsonText json = Samples.json("event/message.json");
    return new Delivery.Event(id(1), 58, AT, kind, id(2), null, id(5), reply, json);
  }

  private static Delivery.Event timed(long received) {
    JsonText json = Samples.json("event/message.json");
    return new Delivery.Event(id(1), 58, AT, "message", id(2), null, id(5), REPLY, received, json);
  }

  private static void assertSample(String sample, Delivery delivery) throws MalformedRecord {
    assertEquals(
        Samples.text(sample),
        Samples.text(null, DeliveryCodec.headers(delivery), delivery.json().utf8()));
    assertEquals(delivery, read(delivery));
  }

  private static Delivery read(Delivery delivery) throws MalformedRecord {
    return DeliveryCodec.decode(
        new RecordHeaders.Reader(DeliveryCodec.headers(delivery).bytes()::get),
        delivery.json().utf8());
  }

  private static UUID id(int n) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099a800" + n);
  }
}
