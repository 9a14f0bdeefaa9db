package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class OutagesIT {
  private static final Duration LONG = Duration.ofMinutes(2);

  /// Whatever dies while four people talk: what was answered is in the log, once, under the number
  /// that was told, and everybody read every number once and in order.
  @Test
  void nothingAcknowledgedIsLostWhateverDies(Stack stack) throws Exception {
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      people.add(Person.registered(stack));
    }
    Person ada = people.getFirst();
    String group = ada.opened("group", people.subList(1, 4).toArray(Person[]::new));
    long head = ada.get("/api/conversations/" + group).ok().get("seq").asLong();
    List<Talker> talkers =
        people.stream().map(person -> new Talker(stack, person, group, head)).toList();
    allAreAnswered(talkers);

    for (String victim :
        List.of("postgres", "kafka-1", "redis", "message-service-1", "gateway-1")) {
      stack.kill(victim);
      allAreAnswered(talkers);
      await(victim).atMost(LONG).until(stack::ready);
      allAreAnswered(talkers);
    }
    stack.down();
    stack.up();
    allAreAnswered(talkers);

    List<Reading> readings = new ArrayList<>();
    Map<String, Long> acknowledged = new HashMap<>();
    for (Talker talker : talkers) {
      readings.add(talker.stop());
      acknowledged.putAll(talker.acknowledged());
    }
    ada.logIn();
    Map<String, Long> stored = new HashMap<>();
    List<Long> numbers = new ArrayList<>();
    for (JsonNode event : log(ada, group)) {
      numbers.add(event.get("seq").asLong());
      if (event.get("event").asText().equals("message")) {
        stored.put(event.get("message").asText(), event.get("seq").asLong());
      }
    }
    assertEquals(Seqs.range(1, numbers.getLast()), numbers);
    assertEquals(acknowledged, stored);
    for (Talker talker : talkers) {
      talker.readUpTo(numbers.getLast());
    }
    for (Reading reading : readings) {
      assertEquals(List.of(), reading.violations());
      assertEquals(numbers.getLast(), reading.position());
    }
  }

  /// Each gets five more answers from here on.
  private static void allAreAnswered(List<Talker> talkers) {
    for (Talker talker : talkers) {
      int before = talker.acknowledged().size();
      await().atMost(LONG).until(() -> talker.acknowledged().size() >= before + 5);
    }
  }

  private static List<JsonNode> log(Person person, String conversation) throws Exception {
    List<JsonNode> log = new ArrayList<>();
    boolean more = true;
    while (more) {
      JsonNode page =
          person
              .get(
                  "/api/conversations/%s/events?after=%d&limit=200"
                      .formatted(
                          conversation, log.isEmpty() ? 0 : log.getLast().get("seq").asLong()))
              .ok();
      page.get("events").forEach(log::add);
      more = page.get("more").asBoolean();
    }
    return log;
  }
}
