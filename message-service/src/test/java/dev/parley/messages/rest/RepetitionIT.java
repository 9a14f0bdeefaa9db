package dev.parley.messages.rest;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class RepetitionIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();
  private final Person cleo = Person.somebody();
  private final String key = UUID.randomUUID().toString();

  @Test
  void theSameKeyGetsTheFirstAnswer() {
    Response first = open(anna, Map.of("kind", "group", "title", "one"));
    Response again = open(anna, Map.of("kind", "channel", "title", "two"));
    assertEquals(201, again.statusCode());
    assertEquals(repeated(first), again.asString());
    anna.get("").then().body("conversations.size()", equalTo(1));
  }

  @Test
  void theKeyOfSomebodyElseIsAnotherKey() {
    String annas = open(anna, Map.of("kind", "group")).path("conversation");
    open(ben, Map.of("kind", "group")).then().body("conversation", not(equalTo(annas)));
  }

  @Test
  void aRefusedRequestLeavesNoTrace() {
    open(anna, Map.of("kind", "group", "members", List.of(KnownUsers.NOBODY)))
        .then()
        .statusCode(400);
    open(anna, Map.of("kind", "group")).then().statusCode(201);
    String group = ben.opened("group");
    add(anna, group).then().statusCode(404);
    ben.post(group + "/members", Map.of("user", anna.id(), "role", "owner"));
    add(anna, group).then().statusCode(201);
  }

  @Test
  void membersAndMessagesTakeAKeyToo() {
    String group = anna.opened("group");
    Response added = add(anna, group);
    added.then().statusCode(201);
    anna.delete(group + "/members/" + cleo.id()).then().statusCode(200);
    assertEquals(repeated(added), add(anna, group).asString());
    anna.get(group + "/members").then().body("members.size()", equalTo(1));
    Response sent = send(anna, group);
    sent.then().statusCode(200).body("repeated", nullValue());
    send(anna, group)
        .then()
        .statusCode(200)
        .body("repeated", equalTo(true))
        .body("message", equalTo(sent.path("message")))
        .body("seq", equalTo(sent.path("seq")));
  }

  @Test
  void manyAtOnceWithOneKeyAreOneRequest() throws Exception {
    List<Callable<String>> requests =
        IntStream.range(0, 8)
            .<Callable<String>>mapToObj(i ->
                () -> open(anna, Map.of("kind", "group", "title", "t" + i)).path("conversation"))
            .toList();
    Set<String> answers = Crowd.atOnce(requests).stream().collect(Collectors.toSet());
    assertEquals(1, answers.size());
    anna.get("").then().body("conversations.size()", equalTo(1));
  }

  @Test
  void aKeyThatIsNoKeyIsRefused() {
    for (String wrong : List.of("k".repeat(129), "sp ace")) {
      anna.request()
          .header("Idempotency-Key", wrong)
          .body(Map.of("kind", "group"))
          .post("/api/conversations")
          .then()
          .statusCode(400)
          .body("code", equalTo("bad_request"));
    }
  }

  /// The first answer as it is given again, like that of a message id.
  private static String repeated(Response first) {
    return first.asString().replaceFirst("}$", ",\"repeated\":true}");
  }

  private Response open(Person person, Map<String, ?> body) {
    return person.request().header("Idempotency-Key", key).body(body).post("/api/conversations");
  }

  private Response add(Person person, String group) {
    return person
        .request()
        .header("Idempotency-Key", key)
        .body(Map.of("user", cleo.id()))
        .post("/api/conversations" + group + "/members");
  }

  private Response send(Person person, String group) {
    return person
        .request()
        .header("Idempotency-Key", key)
        .body(Map.of("message", UUID.randomUUID(), "content", Map.of()))
        .post("/api/conversations" + group + "/messages");
  }
}
