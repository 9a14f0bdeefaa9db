package dev.parley.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Samples;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.contracts.signal.PushEncoder;
import dev.parley.contracts.signal.Signal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Every frame is read as, and written as, its sample.
class FrameSamplesTest {
  private static final UUID C = id("80c1");
  private static final UUID M = id("80d1");
  private static final UUID U = id("80a1");
  private static final long AT = 1_769_850_000_123L;
  private static final JsonText DATA = JsonText.of("{\"x\":1.5}");
  private static final ReplyAddress FROM = new ReplyAddress(new SlotAddress(1, "a"), U, 1);

  /// Recognised, and refused by name for now.
  private static final Set<String> NOT_YET = Set.of("edit", "delete", "react", "pin");

  @Test
  void everyCommandIsReadAsItsSample() {
    Map<String, ClientFrame> frames = new LinkedHashMap<>();
    frames.put(
        "connect", new ClientFrame.Connect(of(1), "eyJ", "Anna's phone", false, Map.of(C, 41L)));
    frames.put("refresh", new ClientFrame.Refresh(of(2), "eyJ"));
    frames.put("subscribe", new ClientFrame.Subscribe(of(2), C, of(41)));
    frames.put("unsubscribe", new ClientFrame.Unsubscribe(of(3), C));
    frames.put("history", new ClientFrame.History(of(4), C, of(10), of(90), 100));
    frames.put(
        "send",
        new ClientFrame.Send(
            of(5),
            C,
            M,
            id("80d2"),
            JsonText.of("{\"text\":\"hi 👍\",\"format\":\"plain\"}"),
            true));
    frames.put("typing", new ClientFrame.Typing(of(10), C));
    frames.put("signal", new ClientFrame.Signal(of(11), C, "cursor", JsonText.of("{\"x\":1.50}")));
    frames.put("read", new ClientFrame.Read(of(12), C, 58));
    frames.put("presence", new ClientFrame.Presence(of(13), PresenceStatus.BUSY, "in a call"));
    frames.put("watch", new ClientFrame.Watch(of(14), List.of(U)));
    frames.put("unwatch", new ClientFrame.Unwatch(of(15), List.of(U)));
    frames.put("ping", new ClientFrame.Ping(of(16)));
    assertEquals(ClientFrame.class.getPermittedSubclasses().length, frames.size());
    Set<String> samples = AsyncApiTest.names("client");
    assertTrue(samples.removeAll(NOT_YET));
    assertEquals(samples, new TreeSet<>(frames.keySet()));
    frames.forEach((type, frame) -> {
      assertEquals(new ParsedFrame.Accepted(frame), parse(type), type);
      assertEquals(type, frame.type());
    });
  }

  @Test
  void commandsThatComeLaterAreRefusedByName() {
    for (String type : NOT_YET) {
      ParsedFrame.Refused refused = assertInstanceOf(ParsedFrame.Refused.class, parse(type));
      assertEquals(ErrorCode.BAD_REQUEST, refused.code());
      assertTrue(refused.message().startsWith(type + " "));
    }
  }

  @Test
  void everyAnswerIsWrittenAsItsSample() {
    Map<String, Integer> limits = new LinkedHashMap<>();
    limits.put("message", 65536);
    limits.put("content", 32768);
    assertSample(
        1,
        "connected",
        ServerFrames.connected(
            new Connected(
                id("80e1"), U, AT, 25, "0.1.0", limits, List.of(new Connected.Head(C, 57)), true)));
    assertSample(2, "refreshed", ServerFrames.refreshed(AT));
    assertSample(2, "subscribed", ServerFrames.subscribed(C, 57));
    assertSample(3, "unsubscribed", ServerFrames.unsubscribed(C));
    assertSample(
        4, "history", ServerFrames.history(C, List.of(JsonText.of("{\"type\":\"event\"}")), true));
    assertSample(5, "sent", ReplyEncoder.sent(C, M, 58, AT, true));
    assertSample(6, "done", ServerFrames.done());
    assertSample(6, "done", ReplyEncoder.done());
    assertSample(5, "error", ServerFrames.error(ErrorCode.RATE_LIMITED, "Too \"many\".", of(200)));
    assertSample(7, "watching", ServerFrames.watching(List.of(ServerFrames.unknown(U))));
    assertSample(16, "pong", ServerFrames.pong());
  }

  @Test
  void everyPushIsWrittenAsItsSample() {
    assertSample("expiring", ServerFrames.expiring(AT));
    assertSample("behind", ServerFrames.reset(C, 9041));
    assertSample("joined", ServerFrames.joined(C, 7));
    assertSample("left", ServerFrames.left(C, of(8)));
    assertSample("typing", PushEncoder.encode(new Signal.Typing(C, U, FROM, false)));
    assertSample(
        "signal", PushEncoder.encode(new Signal.Custom(C, U, FROM, false, "cursor", DATA)));
    assertSample("receipt", PushEncoder.encode(new Signal.Read(C, U, FROM, false, 58)));
  }

  private static ParsedFrame parse(String type) {
    byte[] sample = Samples.text("client/" + type + ".json").getBytes(UTF_8);
    return ClientFrames.parse(sample, 0, sample.length, JsonLimits.COMMAND);
  }

  private static void assertSample(long id, String type, JsonText reply) {
    assertSample(type, ServerFrames.reply(id, reply));
  }

  private static void assertSample(String type, JsonText json) {
    assertEquals(Samples.json("server/" + type + ".json"), json);
  }

  private static OptionalLong of(long number) {
    return OptionalLong.of(number);
  }

  private static UUID id(String end) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099a" + end);
  }
}
