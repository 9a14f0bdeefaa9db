package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class ResumeIT {
  @Test
  void aReaderGoesOnAtTheOtherGatewayWhereItWasCut(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    long seen = ada.get("/api/conversations/" + direct).ok().get("seq").asLong();
    List<Long> all = new ArrayList<>();
    try (Live writer = Live.connected(stack.gateway(1), ada)) {
      for (int cut = 0; cut < 6; cut++) {
        Live reader = Live.connected(stack.gateway(1 + cut % 2), bob, Map.of(direct, seen));
        for (int n = 0; n < 20; n++) {
          writer.send(direct, UUID.randomUUID(), cut + ":" + n);
        }
        // Cut in the middle of what is coming.
        long upTo = seen + 10;
        reader.next(frame -> frame.path("seq").asLong() == upTo && frame.has("event"));
        reader.cut();
        List<Long> got =
            Seqs.of(reader.log(direct, upTo)).stream().filter(seq -> seq <= upTo).toList();
        all.addAll(got);
        seen = upTo;
      }
      long head = writer.sent(direct, "end");
      try (Live reader = Live.connected(stack.gateway(2), bob, Map.of(direct, seen))) {
        all.addAll(Seqs.of(reader.log(direct, head)));
      }
      assertEquals(Seqs.range(all.getFirst(), head), all);
    }
  }

  @Test
  void aSenderRepeatsWhatWasNotAnsweredAndNothingIsDoubled(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    List<UUID> messages = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      messages.add(UUID.randomUUID());
    }
    Live first = Live.connected(stack.gateway(1), ada);
    for (UUID message : messages) {
      first.send(direct, message, "x");
    }
    first.cut();
    try (Live second = Live.connected(stack.gateway(2), ada)) {
      List<Long> answered = new ArrayList<>();
      for (UUID message : messages) {
        answered.add(second.sent(direct, message, "x").get("seq").asLong());
      }
      JsonNode page = ada.get("/api/conversations/" + direct + "/events?after=0&limit=200").ok();
      List<String> log = new ArrayList<>();
      List<Long> stored = new ArrayList<>();
      for (JsonNode event : page.get("events")) {
        if (event.get("event").asText().equals("message")) {
          log.add(event.get("message").asText());
          stored.add(event.get("seq").asLong());
        }
      }
      assertEquals(messages.stream().map(UUID::toString).toList(), log);
      assertEquals(stored, answered);
    }
  }

  @Test
  void whoMissedTooMuchIsToldExactlyWhat(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    long head = 0;
    try (Live writer = Live.connected(stack.gateway(1), ada)) {
      List<Long> ids = new ArrayList<>();
      for (int n = 0; n < 1_005; n++) {
        ids.add(writer.send(direct, UUID.randomUUID(), "x"));
        if (n % 200 == 199) {
          writer.reply(ids.getLast());
        }
      }
      head = writer.reply(ids.getLast()).get("seq").asLong();
      try (Live reader = Live.connected(stack.gateway(2), bob, Map.of(direct, 1L))) {
        JsonNode behind = reader.next("behind", "conversation", direct);
        assertEquals(2, behind.get("from").asLong());
        assertEquals(head, behind.get("to").asLong());
        long next = writer.sent(direct, "live");
        assertEquals(List.of(next), Seqs.of(reader.log(direct, next)));
      }
      try (Live reader = Live.connected(stack.gateway(2), bob, Map.of(direct, head + 50))) {
        JsonNode behind = reader.next("behind", "conversation", direct);
        assertTrue(behind.get("reset").asBoolean());
        assertEquals(1, behind.get("from").asLong());
        assertEquals(head + 1, behind.get("to").asLong());
      }
    }
  }

  @Test
  void historyIsPagedInBothDirections(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    String group = ada.opened("group");
    try (Live session = Live.connected(stack.socket(), ada)) {
      long head = 0;
      for (int n = 0; n < 30; n++) {
        head = session.sent(group, "m" + n);
      }
      List<Long> forward = new ArrayList<>();
      boolean more = true;
      while (more) {
        JsonNode page =
            session.ask(
                "history",
                "conversation",
                group,
                "after",
                forward.isEmpty() ? 0 : forward.getLast(),
                "limit",
                7);
        forward.addAll(Seqs.of(page.get("events")));
        more = page.get("more").asBoolean();
      }
      assertEquals(Seqs.range(1, head), forward);

      List<Long> backward = new ArrayList<>();
      more = true;
      while (more) {
        JsonNode page =
            backward.isEmpty()
                ? session.ask("history", "conversation", group, "limit", 7)
                : session.ask(
                    "history", "conversation", group, "before", backward.getFirst(), "limit", 7);
        backward.addAll(0, Seqs.of(page.get("events")));
        more = page.get("more").asBoolean();
      }
      assertEquals(Seqs.range(1, head), backward);

      JsonNode between =
          session.ask("history", "conversation", group, "after", 3, "before", 20, "limit", 5);
      assertEquals(Seqs.range(4, 8), Seqs.of(between.get("events")));
      assertTrue(between.get("more").asBoolean());
      JsonNode overRest =
          ada.get("/api/conversations/" + group + "/events?after=3&before=20&limit=5").ok();
      assertEquals(between.get("events"), overRest.get("events"));
    }
  }
}
