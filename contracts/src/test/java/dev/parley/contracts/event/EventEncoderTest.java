package dev.parley.contracts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.Samples;
import dev.parley.contracts.json.JsonText;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventEncoderTest {
  private static final long AT = 1_769_850_000_123L;
  private static final UUID MEMBER = id(3);

  @Test
  void createdIsItsSample() {
    JsonText detail =
        EventDetail.created(ConversationKind.GROUP, "A \"quoted\" title 🙂", null, null);
    assertSample(event(1, EventKind.CREATED, null, id(4), null, detail));
  }

  @Test
  void joinedIsItsSample() {
    assertSample(event(2, EventKind.JOINED, MEMBER, null, null, EventDetail.role(Role.MEMBER)));
  }

  @Test
  void leftIsItsSample() {
    assertSample(event(3, EventKind.LEFT, MEMBER, null, null, EventDetail.none()));
  }

  @Test
  void roleIsItsSample() {
    assertSample(event(4, EventKind.ROLE, MEMBER, null, null, EventDetail.role(Role.MODERATOR)));
  }

  @Test
  void updatedIsItsSample() {
    assertSample(
        event(5, EventKind.UPDATED, null, null, null, EventDetail.updated(null, "עברית", null)));
  }

  @Test
  void messageIsItsSample() {
    JsonText content = JsonText.of("{\"text\":\"hi 你好\",\"x\":[1,{}]}");
    JsonText detail = EventDetail.message(content);
    assertSample(event(58, EventKind.MESSAGE, null, id(5), id(6), detail));
    assertEquals(content, EventDetail.content(detail));
  }

  @Test
  void contentIsTakenFromMessagesOnly() {
    assertThrows(
        IllegalArgumentException.class, () -> EventDetail.content(EventDetail.role(Role.OWNER)));
  }

  private static LoggedEvent event(
      long seq, EventKind kind, UUID member, UUID request, UUID replyTo, JsonText detail) {
    return new LoggedEvent(id(1), seq, AT, kind.wire(), id(2), member, request, replyTo, detail);
  }

  private static void assertSample(LoggedEvent event) {
    assertEquals(Samples.json("event/" + event.kind() + ".json"), EventEncoder.encode(event));
  }

  private static UUID id(int n) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099a800" + n);
  }
}
