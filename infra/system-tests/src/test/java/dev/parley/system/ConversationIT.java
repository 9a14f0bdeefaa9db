package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class ConversationIT {
  private static final int EACH = 300;

  @Test
  void twoPeopleTalkAcrossTwoGateways(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    try (Live atOne = Live.connected(stack.gateway(1), ada);
        Live atTwo = Live.connected(stack.gateway(2), bob)) {
      JsonNode sent = atOne.sent(direct, UUID.randomUUID(), "hi Bob");
      JsonNode event = atTwo.next("event", "message", sent.get("message").asText());
      assertEquals("hi Bob", event.get("content").get("text").asText());
      assertEquals(sent.get("seq"), event.get("seq"));
      assertEquals(sent.get("at"), event.get("at"));
      assertEquals(ada.user(), event.get("user").asText());

      JsonNode answer = atTwo.sent(direct, UUID.randomUUID(), "hi Ada");
      assertEquals(sent.get("seq").asLong() + 1, answer.get("seq").asLong());
      atOne.next("event", "message", answer.get("message").asText());
    }
  }

  @Test
  void whoIsInvitedWhileConnectedHearsAllFromThen(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    try (Live atOne = Live.connected(stack.socket(), ada);
        Live atTwo = Live.connected(stack.socket(), bob)) {
      String group = ada.opened("group", bob);
      long joined = atTwo.next("joined", "conversation", group).get("seq").asLong();
      long first = atOne.sent(group, "first");
      assertEquals(Seqs.range(joined + 1, first), Seqs.of(atTwo.log(group, first)));
    }
  }

  /// Everybody sends without waiting for answers; all see one order, each sender's own order kept
  /// in it, no number missing, and `sent` in the place of the sender's own events.
  @Test
  void pipelinedSendsHaveOneOrderForAll(Stack stack) throws Exception {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(Person.registered(stack));
    }
    String group = people.getFirst().opened("group", people.subList(1, 4).toArray(Person[]::new));
    List<Live> sessions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sessions.add(Live.connected(stack.gateway(1 + i % 2), people.get(i)));
    }
    long head = people.getFirst().get("/api/conversations/" + group).ok().get("seq").asLong();
    Map<String, String> texts = new HashMap<>();
    for (int n = 0; n < EACH; n++) {
      for (int i = 0; i < 4; i++) {
        UUID message = UUID.randomUUID();
        texts.put(message.toString(), i + ":" + n);
        sessions.get(i).send(group, message, i + ":" + n);
      }
    }
    long last = head + 4 * EACH;
    List<List<String>> orders = new ArrayList<>();
    for (Live session : sessions) {
      List<JsonNode> log = session.log(group, last);
      assertEquals(Seqs.range(head + 1, last), Seqs.of(log));
      orders.add(log.stream().map(frame -> texts.get(frame.get("message").asText())).toList());
      session.close();
    }
    for (int i = 0; i < 4; i++) {
      assertEquals(orders.getFirst(), orders.get(i));
      String mine = i + ":";
      assertEquals(
          LongStream.range(0, EACH).mapToObj(n -> mine + n).toList(),
          orders.getFirst().stream().filter(text -> text.startsWith(mine)).toList());
    }
  }

  @Test
  void sendingAgainGivesTheFirstAnswerAndAddsNothing(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    UUID message = UUID.randomUUID();
    try (Live atOne = Live.connected(stack.gateway(1), ada);
        Live atTwo = Live.connected(stack.gateway(2), ada);
        Live reader = Live.connected(stack.gateway(2), bob)) {
      JsonNode first = atOne.sent(direct, message, "once");
      for (Live any : List.of(atOne, atTwo)) {
        JsonNode again = any.sent(direct, message, "twice?");
        assertTrue(again.get("repeated").asBoolean(), again::toString);
        assertEquals(first.get("seq"), again.get("seq"));
        assertEquals(first.get("at"), again.get("at"));
      }
      JsonNode overRest =
          ada.post(
                  "/api/conversations/" + direct + "/messages",
                  Map.of("message", message.toString(), "content", Map.of("text", "thrice?")))
              .ok();
      assertEquals(first.get("seq"), overRest.get("seq"));
      assertEquals(
          "conflict", reader.reply(reader.send(direct, message, "mine?")).get("code").asText());
      long next = atOne.sent(direct, "end");
      assertEquals(first.get("seq").asLong() + 1, next);
      assertEquals(
          List.of("once", "end"),
          reader.log(direct, next).stream()
              .map(event -> event.get("content").get("text").asText())
              .toList());
    }
  }
}
