package dev.parley.messages.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class ConcurrencyIT {
  private final Person anna = Person.somebody();

  @RepeatedTest(10)
  void twoWhoOpenADirectConversationAtOnceShareIt() throws Exception {
    Person ben = Person.somebody();
    List<Response> answers =
        Crowd.atOnce(
            List.of(
                () -> anna.open("direct", ben),
                () -> ben.open("direct", anna),
                () -> anna.open("direct", ben)));
    assertEquals(1, answers.stream().map(a -> (String) a.path("conversation")).distinct().count());
    assertEquals(
        List.of(200, 200, 201), answers.stream().map(Response::statusCode).sorted().toList());
    assertEquals(3, anna.events("/" + answers.getFirst().path("conversation")).size());
  }

  @Test
  void manyChangesAtOnceGetNumbersWithoutHolesAndTheLogTellsTheMembers() throws Exception {
    String channel = anna.opened("channel");
    anna.patch(channel, Map.of("joinRole", "member"));
    List<Callable<Integer>> people = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      boolean stays = i % 2 == 0;
      people.add(() -> comeAndGo(Person.somebody(), channel, stays));
    }
    assertTrue(Crowd.atOnce(people).stream().allMatch(status -> status == 200));

    List<Map<String, Object>> events = anna.events(channel);
    assertEquals(
        IntStream.rangeClosed(1, 3 + 6 * 4 + 6 * 5).boxed().toList(),
        events.stream().map(event -> event.get("seq")).toList());
    List<String> times = events.stream().map(event -> (String) event.get("at")).toList();
    assertEquals(times.stream().sorted().toList(), times);
    assertEquals(present(events), members(channel));
    assertEquals(7, members(channel).size());
    assertEquals(7, (Integer) anna.get(channel).path("members"));
  }

  @RepeatedTest(5)
  void twoOwnersWhoLeaveAtOnceDoNotLeaveTheGroupWithoutOne() throws Exception {
    Person ben = Person.somebody();
    String group = anna.opened("group", ben);
    anna.patch(group + "/members/" + ben.id(), Map.of("role", "owner"));
    List<Integer> statuses =
        Crowd.atOnce(
            Stream.of(anna, ben)
                .<Callable<Integer>>map(p -> () -> p.post(group + "/leave", "").statusCode())
                .toList());
    assertEquals(List.of(200, 409), statuses.stream().sorted().toList());
  }

  private static int comeAndGo(Person person, String channel, boolean stays) {
    return Stream.<Response>of(
            person.post(channel + "/join", ""),
            person.send(channel, "{\"text\":\"hello\"}"),
            person.post(channel + "/leave", ""),
            stays ? person.post(channel + "/join", "") : person.get(channel),
            stays ? person.get(channel) : person.post(channel + "/join", ""),
            stays ? person.get(channel) : person.post(channel + "/leave", ""))
        .mapToInt(Response::statusCode)
        .max()
        .orElseThrow();
  }

  private static Set<String> present(List<Map<String, Object>> events) {
    Set<String> present = new HashSet<>();
    for (Map<String, Object> event : events) {
      String member = (String) event.get("member");
      switch ((String) event.get("event")) {
        case "joined" -> assertTrue(present.add(member), "joined twice");
        case "left" -> assertTrue(present.remove(member), "left without having joined");
        default -> {}
      }
    }
    return present;
  }

  private Set<String> members(String channel) {
    List<String> users = anna.get(channel + "/members").path("members.user");
    return new HashSet<>(users);
  }
}
