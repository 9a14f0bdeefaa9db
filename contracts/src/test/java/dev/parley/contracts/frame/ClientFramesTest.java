package dev.parley.contracts.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonText;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {
  private static final String C = "01890a5d-ac96-774b-bcce-b302099a8057";
  private static final UUID CONVERSATION = UUID.fromString(C);
  private static final OptionalLong ONE = OptionalLong.of(1);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "{}",
        "{\"type\":null}",
        "{\"type\":1}",
        "{\"id\":1}",
        "{\"type\":\"ping\",\"type\":\"ping\"}",
        "{\"type\":\"ping\"}{\"type\":\"ping\"}",
        "{\"type\":\"send\"}",
        "{\"id\":null,\"type\":\"send\"}",
        "{\"id\":-1,\"type\":\"send\"}",
        "{\"id\":9007199254740992,\"type\":\"edit\"}",
        "{\"id\":1.0,\"type\":\"delete\"}",
        "{\"id\":\"1\",\"type\":\"react\"}",
        "{\"type\":\"pin\"}",
        "{\"type\":\"send\",\"x\":\"\\u0000\"}"
      })
  void whatIsNoCommandBreaksTheProtocol(String text) {
    assertInstanceOf(ParsedFrame.Broken.class, parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"id\":1,\"type\":\"dance\"}",
        "{\"id\":1,\"type\":\"\"}",
        "{\"id\":1,\"type\":\"Ping\"}",
        "{\"id\":1,\"type\":\"ping\",\"x\":\"\\ud800\"}",
        "{\"id\":1,\"type\":\"subscribe\"}",
        "{\"id\":1,\"type\":\"subscribe\",\"conversation\":\"01890A5D-AC96-774B-BCCE-B302099A8057\"}",
        "{\"id\":1,\"type\":\"subscribe\",\"conversation\":\"x\"}",
        "{\"id\":1,\"type\":\"subscribe\",\"conversation\":\"" + C + "\",\"after\":-1}",
        "{\"id\":1,\"type\":\"subscribe\",\"conversation\":\"" + C + "\",\"after\":1.5}",
        "{\"id\":1,\"type\":\"history\",\"conversation\":\"" + C + "\",\"limit\":0}",
        "{\"id\":1,\"type\":\"history\",\"conversation\":\"" + C + "\",\"limit\":201}",
        "{\"id\":1,\"type\":\"send\",\"conversation\":\"" + C + "\",\"content\":{}}",
        "{\"id\":1,\"type\":\"send\",\"conversation\":\""
            + C
            + "\",\"message\":\""
            + C
            + "\",\"content\":1}",
        "{\"id\":1,\"type\":\"read\",\"conversation\":\"" + C + "\",\"seq\":0}",
        "{\"id\":1,\"type\":\"read\",\"conversation\":\"" + C + "\"}",
        "{\"id\":1,\"type\":\"signal\",\"conversation\":\"" + C + "\"}",
        "{\"id\":1,\"type\":\"presence\",\"status\":\"offline\"}",
        "{\"id\":1,\"type\":\"presence\"}",
        "{\"id\":1,\"type\":\"watch\"}",
        "{\"id\":1,\"type\":\"watch\",\"users\":[1]}",
        "{\"id\":1,\"type\":\"refresh\"}",
        "{\"id\":1,\"type\":\"connect\",\"token\":7}",
        "{\"id\":1,\"type\":\"connect\",\"subscribe\":\"some\"}",
        "{\"id\":1,\"type\":\"connect\",\"resume\":[]}",
        "{\"id\":1,\"type\":\"connect\",\"resume\":{\"x\":1}}",
        "{\"id\":1,\"type\":\"connect\",\"resume\":{\"" + C + "\":-1}}",
        "{\"id\":1,\"type\":\"edit\"}"
      })
  void whatIsWrongWithACommandIsABadRequest(String text) {
    ParsedFrame.Refused refused = assertInstanceOf(ParsedFrame.Refused.class, parse(text));
    assertEquals(ONE, refused.id());
    assertEquals(ErrorCode.BAD_REQUEST, refused.code());
  }

  @ParameterizedTest
  @ValueSource(strings = {"edit", "delete", "react", "pin"})
  void operationsThatComeLaterAreNamed(String type) {
    assertTrue(refused("{\"id\":1,\"type\":\"" + type + "\"}").message().startsWith(type));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"dance\"}",
        "{\"id\":-1,\"type\":\"ping\"}",
        "{\"id\":1.0,\"type\":\"ping\"}",
        "{\"id\":\"1\",\"type\":\"ping\"}",
        "{\"id\":9007199254740992,\"type\":\"ping\"}",
        "{\"id\":1e3,\"type\":\"ping\"}",
        "{\"id\":-0,\"type\":\"ping\"}"
      })
  void withoutAValidIdNobodyIsToldWhatIsWrong(String text) {
    assertEquals(OptionalLong.empty(), refused(text).id());
  }

  @Test
  void whatIsOverALimitIsTooLargeAndAnswered() {
    for (String value :
        new String[] {
          "\"" + "x".repeat(32 * 1024 + 1) + "\"",
          "1".repeat(1_001),
          "[" + "1,".repeat(10_000) + "1]"
        }) {
      ParsedFrame.Refused refused = refused("{\"x\":" + value + ",\"id\":1,\"type\":\"ping\"}");
      assertEquals(ErrorCode.TOO_LARGE, refused.code());
      assertEquals(ONE, refused.id());
      assertEquals("ping", refused.type());
    }
    assertEquals(ONE, refused("{\"id\":1,\"type\":\"" + "x".repeat(40_000) + "\"}").id());
    accepted(
        "{\"x\":[\"%s\",%s],\"id\":1,\"type\":\"ping\"}"
            .formatted("x".repeat(32 * 1024), "1".repeat(1_000)));
  }

  @Test
  void idsReachTo2To53() {
    assertEquals(
        new ClientFrame.Ping(OptionalLong.of(9007199254740991L)),
        accepted("{\"type\":\"ping\",\"id\":9007199254740991}"));
    assertEquals(
        new ClientFrame.Ping(OptionalLong.of(0)), accepted("{\"type\":\"ping\",\"id\":0}"));
  }

  @Test
  void unknownFieldsAreIgnoredAndNullIsAbsent() {
    assertEquals(
        new ClientFrame.Subscribe(OptionalLong.empty(), CONVERSATION, OptionalLong.empty()),
        accepted(
            "{\"type\":\"subscribe\",\"conversation\":\""
                + C
                + "\",\"after\":null,\"id\":null,\"x\":{}}"));
  }

  @Test
  void sizesAreMeasuredInBytes() {
    String device = "{\"id\":1,\"type\":\"connect\",\"device\":\"%s\"}";
    accepted(device.formatted("é".repeat(64)));
    refused(device.formatted("é".repeat(64) + "a"));
    String name = "{\"id\":1,\"type\":\"signal\",\"conversation\":\"" + C + "\",\"name\":\"%s\"}";
    accepted(name.formatted("👍".repeat(16)));
    refused(name.formatted("👍".repeat(16) + "a"));
  }

  @Test
  void signalDataMayBeAnyValueUpTo4KiB() {
    String signal =
        "{\"id\":1,\"type\":\"signal\",\"conversation\":\"" + C + "\",\"name\":\"n\",\"data\":%s}";
    assertEquals(
        new ClientFrame.Signal(ONE, CONVERSATION, "n", JsonText.of("[1.0,{\"b\":1,\"a\":2}]")),
        accepted(signal.formatted("[ 1.0, {\"b\":1, \"a\":2} ]")));
    accepted(signal.formatted("\"" + "a".repeat(4094) + "\""));
    assertEquals(
        ErrorCode.TOO_LARGE, refused(signal.formatted("\"" + "a".repeat(4095) + "\"")).code());
  }

  @Test
  void tooLargeContentIsTooLarge() {
    String send =
        "{\"id\":1,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":{\"text\":\"%s\"}}";
    accepted(send.formatted(C, C, "a".repeat(32 * 1024 - 11)));
    assertEquals(
        ErrorCode.TOO_LARGE, refused(send.formatted(C, C, "a".repeat(32 * 1024 - 10))).code());
  }

  @Test
  void historyGets50EventsUnlessItSaysOtherwise() {
    assertEquals(
        new ClientFrame.History(ONE, CONVERSATION, OptionalLong.of(3), OptionalLong.empty(), 50),
        accepted("{\"id\":1,\"type\":\"history\",\"conversation\":\"" + C + "\",\"after\":3}"));
  }

  @Test
  void connectSubscribesAllUnlessItSaysOtherwise() {
    assertEquals(
        new ClientFrame.Connect(ONE, null, null, true, Map.of()),
        accepted("{\"id\":1,\"type\":\"connect\"}"));
  }

  @Test
  void atMost1000AreResumedAndWatched() {
    StringBuilder resume = new StringBuilder();
    StringBuilder users = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      resume.append("\"").append(new UUID(1, i)).append("\":1,");
      users.append("\"").append(new UUID(1, i)).append("\",");
    }
    String connect = "{\"id\":1,\"type\":\"connect\",\"resume\":{%s\"%s\":1}}";
    String watch = "{\"id\":1,\"type\":\"watch\",\"users\":[%s\"%s\"]}";
    refused(connect.formatted(resume, C));
    refused(watch.formatted(users, C));
    accepted(connect.formatted("", C));
    assertEquals(
        new ClientFrame.Watch(ONE, List.of(CONVERSATION)),
        accepted(watch.formatted("\"" + C + "\",", C)));
  }

  private static ClientFrame accepted(String text) {
    return assertInstanceOf(ParsedFrame.Accepted.class, parse(text)).frame();
  }

  private static ParsedFrame.Refused refused(String text) {
    return assertInstanceOf(ParsedFrame.Refused.class, parse(text));
  }

  private static ParsedFrame parse(String text) {
    byte[] utf8 = text.getBytes(UTF_8);
    return ClientFrames.parse(utf8, 0, utf8.length, JsonLimits.COMMAND);
  }
}
