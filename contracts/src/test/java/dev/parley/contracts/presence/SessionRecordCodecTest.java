package dev.parley.contracts.presence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.SlotAddress;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionRecordCodecTest {
  private static final SlotAddress GATEWAY = new SlotAddress(3, "17-5f3a");
  private static final UUID USER = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final UUID SESSION = UUID.fromString("01890a5d-ac96-774b-bcce-b302099a8058");
  private static final long AT = 1_769_850_000_123L;

  @Test
  void openedIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("opened", new SessionRecord.Opened(GATEWAY, USER, SESSION, AT));
  }

  @Test
  void closedIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("closed", new SessionRecord.Closed(GATEWAY, USER, SESSION, AT));
  }

  @Test
  void statusIsWrittenAndReadAsItsSample() throws Exception {
    assertSample("status", status("in a call \uD83D\uDCDE"));
  }

  @Test
  void statusWithoutTextIsReadBack() throws Exception {
    assertEquals(status(null), read(status(null)));
  }

  @Test
  void snapshotIsWrittenAndReadAsItsSample() throws Exception {
    var sessions =
        List.of(
            new SessionRecord.LiveSession(USER, SESSION, AT, PresenceStatus.ONLINE, null),
            new SessionRecord.LiveSession(
                USER, new UUID(1, 2), AT + 1, PresenceStatus.INVISIBLE, "\"zu Tisch\""));
    assertSample("snapshot", new SessionRecord.Snapshot(GATEWAY, 7, 0, true, sessions));
  }

  @Test
  void emptySnapshotIsReadBack() throws Exception {
    var empty = new SessionRecord.Snapshot(GATEWAY, 1, 0, true, List.of());
    assertEquals(empty, read(empty));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[1]",
        "[{}]",
        "[{\"user\":\"01890a5d-ac96-774b-bcce-b302099a8057\"}]",
        "[{\"user\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
            + "\"session\":\"01890a5d-ac96-774b-bcce-b302099a8058\",\"status\":\"offline\"}]"
      })
  void anythingElseIsNoSnapshot(String value) {
    assertThrows(MalformedRecord.class, () -> SnapshotJson.read(value.getBytes(UTF_8)));
  }

  @Test
  void unknownStatusIsMalformed() {
    Map<String, byte[]> headers = new HashMap<>(SessionRecordCodec.headers(status(null)).bytes());
    headers.put("status", "offline".getBytes(UTF_8));
    assertThrows(
        MalformedRecord.class,
        () ->
            SessionRecordCodec.decode(
                Ids.bytes(USER), new RecordHeaders.Reader(headers::get), null));
  }

  @Test
  void missingKeyIsMalformed() {
    Map<String, byte[]> headers = SessionRecordCodec.headers(status(null)).bytes();
    assertThrows(
        MalformedRecord.class,
        () -> SessionRecordCodec.decode(null, new RecordHeaders.Reader(headers::get), null));
  }

  @Test
  void partitionsAreThoseOfTheTopic() {
    assertEquals(new Topics("").sessions().partitions(), Topics.SESSION_PARTITIONS);
    assertEquals(new Topics("").presenceSeen().partitions(), Topics.SESSION_PARTITIONS);
  }

  private static SessionRecord.Status status(String text) {
    return new SessionRecord.Status(GATEWAY, USER, SESSION, AT, PresenceStatus.BUSY, text);
  }

  private static SessionRecord read(SessionRecord change) throws MalformedRecord {
    return SessionRecordCodec.decode(
        SessionRecordCodec.key(change),
        new RecordHeaders.Reader(SessionRecordCodec.headers(change).bytes()::get),
        SessionRecordCodec.value(change));
  }

  private static void assertSample(String name, SessionRecord change) throws Exception {
    assertEquals(sample(name + ".txt").strip(), text(change));
    assertEquals(change, read(change));
  }

  /// The record as people read it: one line per header, then the value.
  private static String text(SessionRecord change) {
    byte[] key = SessionRecordCodec.key(change);
    String headers =
        SessionRecordCodec.headers(change).bytes().entrySet().stream()
            .map(header -> header.getKey() + ": " + new String(header.getValue(), UTF_8))
            .collect(joining("\n"));
    String value = new String(SessionRecordCodec.value(change), UTF_8);
    return ("key: " + (key == null ? "none" : Ids.fromBytes(key)) + "\n" + headers + "\n\n" + value)
        .strip();
  }

  private static String sample(String file) throws Exception {
    try (InputStream in =
        SessionRecordCodecTest.class.getResourceAsStream("/samples/presence/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
