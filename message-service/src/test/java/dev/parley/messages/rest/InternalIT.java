package dev.parley.messages.rest;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.ParleyBackends;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class InternalIT {
  @Inject MeterRegistry registry;

  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();
  private final Person cleo = Person.somebody();

  @Test
  void membershipsComeMostRecentlyActiveFirstAndNoMoreThanAskedFor() {
    String one = anna.opened("group", ben);
    String two = anna.opened("direct", ben);
    String three = anna.opened("channel");
    anna.send(one, "{}");
    ask("memberships", Map.of("users", List.of(anna.id(), ben.id()), "limit", 3))
        .then()
        .statusCode(200)
        .body("users[0].conversations.conversation", equalTo(ids(one, three, two)))
        .body("users[0].conversations.joined", equalTo(List.of(2, 2, 2)))
        .body("users[0].truncated", equalTo(false))
        .body("users[1].conversations.conversation", equalTo(ids(one, two)))
        .body("users[1].conversations.joined", equalTo(List.of(3, 3)));
    ask("memberships", Map.of("users", List.of(cleo.id(), anna.id()), "limit", 2))
        .then()
        .body("users[0].conversations.size()", equalTo(0))
        .body("users[1].conversations.conversation", equalTo(ids(one, three)))
        .body("users[1].truncated", equalTo(true));
    anna.patch(one + "/members/" + ben.id(), Map.of("role", "banned"));
    ask("memberships", Map.of("users", List.of(ben.id())))
        .then()
        .body("users[0].conversations.conversation", equalTo(ids(two)));
    anna.patch(one + "/members/" + ben.id(), Map.of("role", "member"));
    ask("memberships", Map.of("users", List.of(ben.id())))
        .then()
        .body("users[0].conversations.conversation", equalTo(ids(one, two)))
        .body("users[0].conversations.joined", equalTo(List.of(6, 3)));
  }

  @Test
  void headsAreToldOfWhatTheUserMayReadNow() {
    String group = anna.opened("group", ben);
    String hidden = anna.opened("group");
    String channel = anna.opened("channel");
    String closed = anna.opened("channel", ben);
    anna.patch(closed + "/members/" + ben.id(), Map.of("role", "banned"));
    List<String> asked = ids(group, hidden, channel, closed, "/" + UUID.randomUUID());
    Response heads =
        ask("heads", Map.of("readers", List.of(reader(cleo, asked), reader(ben, asked))));
    heads
        .then()
        .statusCode(200)
        .body("readers[0].heads.conversation", containsInAnyOrder(ids(channel, closed).toArray()));
    List<Map<String, Object>> found = heads.then().extract().path("readers[1].heads");
    assertEquals(
        Set.of(
            Map.of("conversation", group.substring(1), "seq", 3),
            Map.of("conversation", channel.substring(1), "seq", 2)),
        Set.copyOf(found));
  }

  @Test
  void eventsComeAsLinesAndHeadersSayWhatTheyAre() {
    String group = anna.opened("group", ben);
    anna.send(group, "{\"text\":\"two\\nlines\"}");
    Response page = events(group, ben, "after=1&limit=2");
    page.then()
        .statusCode(200)
        .header("Parley-First", "2")
        .header("Parley-Count", "2")
        .header("Parley-More", "true")
        .header("Parley-Head", "4");
    String[] lines = page.asString().split("\n", -1);
    assertEquals(3, lines.length);
    assertEquals("", lines[2]);
    String one = events(group, ben, "after=3").asString();
    assertEquals(
        "{\"events\":[" + one.strip() + "],\"more\":false}",
        anna.get(group + "/events?after=3").asString());
    events(group, ben, "after=4")
        .then()
        .statusCode(200)
        .header("Parley-Count", "0")
        .header("Parley-More", "false")
        .header("Parley-Head", "4");
    events(group, cleo, "").then().statusCode(404);
    events(group, ben, "limit=1001").then().statusCode(400);
  }

  @Test
  void whatManyHaveMissedComesInOneAnswer() {
    String group = anna.opened("group", ben);
    anna.send(group, "{\"text\":\"missed\"}");
    String other = anna.opened("group");
    List<Map<String, Object>> asks =
        List.of(
            missed(group, 2, 1, ben, cleo),
            missed(other, 0, 10, anna),
            missed(other, 0, 10, ben),
            missed(group, 4, 10, anna),
            missed("/" + UUID.randomUUID(), 0, 10, anna));
    double before = statements();
    Response answer = ask("events", Map.of("missed", asks));
    assertEquals(2, statements() - before);
    List<String> lines = answer.then().statusCode(200).extract().asString().lines().toList();
    assertEquals(said(3, 1, true, 4, cleo.id()), lines.get(0));
    assertEquals(anna.get(group + "/events?after=2&limit=1").asString(), page(lines.get(1), true));
    assertEquals(said(1, 2, false, 2), lines.get(2));
    assertEquals(
        anna.get(other + "/events").asString(), page(lines.get(3) + "," + lines.get(4), false));
    assertEquals(said(0, 0, false, 0, ben.id()), lines.get(5));
    assertEquals(said(0, 0, false, 4), lines.get(6));
    assertEquals(said(0, 0, false, 0, anna.id()), lines.get(7));
    assertEquals(8, lines.size());
  }

  @Test
  void anAnswerWithoutRoomLeavesLaterPartsForTheNext() {
    String content = "{\"text\":\"" + "x".repeat(30_000) + "\"}";
    List<Map<String, Object>> asks = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      String group = anna.opened("group");
      for (int n = 0; n < 29; n++) {
        anna.send(group, content);
      }
      asks.add(missed(group, 2, 1000, anna));
    }
    byte[] answer = ask("events", Map.of("missed", asks)).then().extract().asByteArray();
    assertTrue(answer.length > 3_000_000 && answer.length < 4_300_000, answer.length + " bytes");
    List<String> parts =
        new String(answer, UTF_8).lines().filter(line -> line.startsWith("{\"first\"")).toList();
    assertEquals(6, parts.size());
    assertTrue(parts.getFirst().startsWith("{\"first\":3,\"count\":29,"), parts.getFirst());
    assertEquals(said(0, 0, true, 31), parts.getLast());
  }

  private static Map<String, Object> missed(
      String conversation, long after, int limit, Person... readers) {
    List<UUID> users = Stream.of(readers).map(Person::id).toList();
    return Map.of(
        "conversation", conversation.substring(1), "after", after, "limit", limit, "users", users);
  }

  private static Map<String, Object> reader(Person user, List<String> conversations) {
    return Map.of("user", user.id(), "conversations", conversations);
  }

  private static String said(long first, int count, boolean more, long head, UUID... refused) {
    String names = Stream.of(refused).map(id -> "\"" + id + "\"").collect(joining(","));
    return "{\"first\":%d,\"count\":%d,\"more\":%b,\"head\":%d,\"refused\":[%s]}"
        .formatted(first, count, more, head, names);
  }

  private static String page(String events, boolean more) {
    return "{\"events\":[" + events + "],\"more\":" + more + "}";
  }

  private double statements() {
    return registry.counter("parley.messages.read.statements", "read", "events").count();
  }

  @Test
  void relationsAreThoseWhoShareAGroupOrADirectConversation() {
    Person dora = Person.somebody();
    Person emil = Person.somebody();
    String group = anna.opened("group", ben, emil);
    anna.opened("direct", cleo);
    anna.opened("channel", dora);
    anna.patch(group + "/members/" + emil.id(), Map.of("role", "banned"));
    List<UUID> others = List.of(anna.id(), ben.id(), cleo.id(), dora.id(), emil.id());
    Response answer = ask("relations", Map.of("user", anna.id(), "others", others));
    List<String> related = answer.then().statusCode(200).extract().path("related");
    assertEquals(
        Set.of(anna.id().toString(), ben.id().toString(), cleo.id().toString()),
        Set.copyOf(related));
  }

  @Test
  void nobodyComesInWithoutTheServiceCredential() {
    String group = anna.opened("group");
    String path = "/internal/conversations" + group + "/events?user=" + anna.id();
    anna.request().get(path).then().statusCode(403);
    given().header("Parley-Service", "wrong").get(path).then().statusCode(403);
    for (String read : List.of("memberships", "heads", "events", "relations")) {
      anna.request()
          .body(Map.of("user", anna.id()))
          .post("/internal/" + read)
          .then()
          .statusCode(403);
    }
  }

  @Test
  void boundsAreKept() {
    List<UUID> some = List.of(anna.id());
    ask("memberships", Map.of("users", some, "limit", 0)).then().statusCode(400);
    ask("memberships", Map.of("users", "anna")).then().statusCode(400);
    List<UUID> many = Stream.generate(UUID::randomUUID).limit(5001).toList();
    ask("memberships", Map.of("users", many.subList(0, 1001))).then().statusCode(400);
    List<String> asked = many.stream().map(UUID::toString).toList();
    Map<String, Object> full = reader(anna, asked.subList(0, 5000));
    ask("heads", Map.of("readers", List.of(reader(anna, asked)))).then().statusCode(400);
    ask("heads", Map.of("readers", List.of(full, reader(ben, asked.subList(0, 1)))))
        .then()
        .statusCode(400);
    ask("heads", Map.of("readers", List.of(full)))
        .then()
        .statusCode(200)
        .body("readers[0].heads.size()", equalTo(0));
    ask("events", Map.of("missed", List.of(missed("/" + anna.id(), 0, 1001, anna))))
        .then()
        .statusCode(400);
    ask("relations", Map.of("user", anna.id(), "others", many.subList(0, 1001)))
        .then()
        .statusCode(400);
  }

  private static Response events(String conversation, Person user, String query) {
    return service()
        .get("/internal/conversations" + conversation + "/events?user=" + user.id() + "&" + query);
  }

  private static Response ask(String what, Map<String, ?> body) {
    return service().contentType(ContentType.JSON).body(body).post("/internal/" + what);
  }

  private static RequestSpecification service() {
    return given().header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL);
  }

  private static List<String> ids(String... paths) {
    return List.of(paths).stream().map(path -> path.substring(1)).toList();
  }
}
