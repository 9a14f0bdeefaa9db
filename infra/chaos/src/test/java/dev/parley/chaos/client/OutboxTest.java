package dev.parley.chaos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final UUID CONVERSATION = new UUID(7, 1);

  private final TestDesk desk = new TestDesk();
  private final List<Long> acknowledged = new ArrayList<>();
  private final Outbox outbox = new Outbox(desk, (command, seq) -> acknowledged.add(seq));

  @Test
  void aWishIsWrittenDownBeforeItIsSaid() {
    Command send = send();
    outbox.add(send);
    Wish.Send written = assertInstanceOf(Wish.Send.class, desk.happened.getFirst());
    assertEquals(send.id(), written.id());
    assertEquals(send.id().toString(), desk.said().path("message").asText());
    assertEquals(2, desk.happened.size());
  }

  @Test
  void whatALostConnectionLeftOpenIsAskedAgainWithTheSameMessageId() {
    Command first = send();
    Command second = send();
    outbox.add(first);
    outbox.add(second);
    long before = desk.said().path("id").asLong();
    desk.live = false;
    outbox.disconnected();
    desk.live = true;
    desk.happened.clear();
    outbox.connected();

    List<Wish.Send> again =
        desk.happened.stream()
            .filter(Wish.Send.class::isInstance)
            .map(Wish.Send.class::cast)
            .toList();
    assertEquals(List.of(first.id(), second.id()), again.stream().map(Wish.Send::id).toList());
    assertEquals(List.of(2, 2), again.stream().map(Wish.Send::attempt).toList());
    assertEquals(second.id().toString(), desk.said().path("message").asText());
    assertTrue(desk.said().path("id").asLong() > before, "a command id is used once");
    assertEquals(2, outbox.size());
  }

  @Test
  void anAnswerOfALostConnectionIsNobodysAnswer() {
    outbox.add(send());
    long lost = desk.said().path("id").asLong();
    outbox.disconnected();
    assertEquals(false, outbox.answers(lost));
    outbox.sent(lost, sent(send(), 3));
    assertEquals(List.of(), acknowledged);
    assertEquals(1, outbox.size());
  }

  @Test
  void anAnswerNamesTheAttemptThatItIsOf() {
    Command send = send();
    outbox.add(send);
    outbox.disconnected();
    outbox.connected();
    outbox.sent(desk.said().path("id").asLong(), sent(send, 5));
    Answer.Sent answer = desk.last(Answer.Sent.class);
    assertEquals(
        new Answer.Sent(CONVERSATION, send.id(), 2, Via.SOCKET, 5, false, answer.time()), answer);
    assertEquals(List.of(5L), acknowledged);
    assertEquals(0, outbox.size());
  }

  @Test
  void aPassingRefusalIsWrittenDownAndTheCommandAskedAgainLater() {
    Command send = send();
    outbox.add(send);
    outbox.refused(desk.said().path("id").asLong(), error("unavailable"));
    assertEquals("unavailable", desk.last(Answer.Refused.class).code());
    assertEquals(1, outbox.size());
    desk.later.removeFirst().run();
    assertEquals(2, desk.last(Wish.Send.class).attempt());
    assertEquals(send.id(), desk.last(Wish.Send.class).id());
  }

  @Test
  void aFinalRefusalIsTheEnd() {
    outbox.add(send());
    outbox.refused(desk.said().path("id").asLong(), error("forbidden"));
    assertEquals(0, outbox.size());
    assertEquals(List.of(), desk.later);
    assertEquals(Long.MAX_VALUE, outbox.oldest());
  }

  @Test
  void oneOfFiftyAcknowledgedMessagesIsSentAgain() {
    for (int n = 0; n < 2_000; n++) {
      acknowledge(n);
    }
    assertTrue(desk.later.size() > 10 && desk.later.size() < 90, () -> "" + desk.later.size());
  }

  @Test
  void whatIsSentAgainHasTheSameIdAndNobodyWaitsForIt() {
    Command send = acknowledgeUntilOneIsToBeSentAgain();
    List<Long> before = List.copyOf(acknowledged);
    int count = desk.ledger().count();
    desk.later.removeFirst().run();
    Wish.Send again = desk.last(Wish.Send.class);
    assertEquals(send.id(), again.id());
    assertEquals(2, again.attempt());
    assertEquals(send.id().toString(), desk.said().path("message").asText());
    assertEquals(0, outbox.size());
    assertEquals(Long.MAX_VALUE, outbox.oldest());

    long frame = desk.said().path("id").asLong();
    assertTrue(outbox.answers(frame));
    outbox.sent(frame, sent(send, 7).put("repeated", true));
    Answer.Sent answer = desk.last(Answer.Sent.class);
    assertEquals(2, answer.attempt());
    assertEquals(true, answer.repeated());
    assertEquals(before, acknowledged, "it was acknowledged before");
    assertEquals(count, desk.ledger().count());
    assertEquals(List.of(), desk.later, "once is enough");
  }

  @Test
  void whatIsSentAgainIsGivenUpWhenItIsRefusedOrTheConnectionIsLost() {
    acknowledgeUntilOneIsToBeSentAgain();
    desk.later.removeFirst().run();
    outbox.refused(desk.said().path("id").asLong(), error("unavailable"));
    assertEquals("unavailable", desk.last(Answer.Refused.class).code());
    assertEquals(List.of(), desk.later);

    acknowledgeUntilOneIsToBeSentAgain();
    desk.later.removeFirst().run();
    outbox.disconnected();
    desk.happened.clear();
    outbox.connected();
    assertEquals(List.of(), desk.happened);
  }

  private Command acknowledgeUntilOneIsToBeSentAgain() {
    Command send = acknowledge(7);
    for (int n = 0; n < 5000 && desk.later.isEmpty(); n++) {
      send = acknowledge(7);
    }
    return send;
  }

  private Command acknowledge(long seq) {
    Command send = send();
    outbox.add(send);
    outbox.sent(desk.said().path("id").asLong(), sent(send, seq));
    return send;
  }

  @Test
  void silenceIsWrittenDownAsUnknownAndTheCommandAskedAgain() {
    Command send = send();
    outbox.add(send);
    desk.now = TimeUnit.SECONDS.toMicros(61);
    outbox.look();
    Answer.Unknown unknown = desk.last(Answer.Unknown.class);
    assertEquals(send.id(), unknown.id());
    assertEquals(1, unknown.attempt());
    assertEquals(2, desk.last(Wish.Send.class).attempt());
    assertEquals(0, outbox.oldest(), "it has been wanted all the time");
  }

  private static Command send() {
    return Command.send(CONVERSATION, Via.SOCKET, Json.object().put("text", "x"));
  }

  private static ObjectNode sent(Command send, long seq) {
    return Json.object()
        .put("type", "sent")
        .put("conversation", CONVERSATION.toString())
        .put("message", send.id().toString())
        .put("seq", seq)
        .put("at", "2026-01-01T00:00:00.000Z");
  }

  private static ObjectNode error(String code) {
    return Json.object().put("type", "error").put("code", code).put("retryAfter", 1000);
  }
}
