package dev.parley.messages.rest;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class InternalIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();
  private final Person cleo = Person.somebody();

  @Test
  void membershipsComeMostRecentlyActiveFirstAndNoMoreThanAskedFor() {
    String one = anna.opened("group", ben);
    String two = anna.opened("direct", ben);
    String three = anna.opened("channel");
    anna.send(one, "{}");
    ask("memberships", Map.of("user", anna.id(), "limit", 3))
        .then()
        .statusCode(200)
        .body("conversations", equalTo(ids(one, three, two)))
        .body("truncated", equalTo(false));
    ask("memberships", Map.of("user", anna.id(), "limit", 2))
        .then()
        .body("conversations", equalTo(ids(one, three)))
        .body("truncated", equalTo(true));
    anna.patch(one + "/members/" + ben.id(), Map.of("role", "banned"));
    ask("memberships", Map.of("user", ben.id())).then().body("conversations", equalTo(ids(two)));
  }

  @Test
  void headsAreToldOfWhatTheUserMayReadNow() {
    String group = anna.opened("group", ben);
    String hidden = anna.opened("group");
    String channel = anna.opened("channel");
    String closed = anna.opened("channel", ben);
    anna.patch(closed + "/members/" + ben.id(), Map.of("role", "banned"));
    List<String> asked = ids(group, hidden, channel, closed, "/" + UUID.randomUUID());
    Response heads = ask("heads", Map.of("user", ben.id(), "conversations", asked));
    List<Map<String, Object>> found = heads.then().statusCode(200).extract().path("heads");
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
    for (String read : List.of("memberships", "heads", "relations")) {
      anna.request()
          .body(Map.of("user", anna.id()))
          .post("/internal/" + read)
          .then()
          .statusCode(403);
    }
  }

  @Test
  void boundsAreKept() {
    ask("memberships", Map.of("user", anna.id(), "limit", 0)).then().statusCode(400);
    ask("memberships", Map.of("limit", 1)).then().statusCode(400);
    List<UUID> many = java.util.stream.Stream.generate(UUID::randomUUID).limit(5001).toList();
    ask("heads", Map.of("user", anna.id(), "conversations", many)).then().statusCode(400);
    ask("heads", Map.of("user", anna.id(), "conversations", many.subList(0, 5000)))
        .then()
        .statusCode(200)
        .body("heads.size()", equalTo(0));
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
