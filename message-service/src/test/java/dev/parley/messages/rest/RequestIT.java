package dev.parley.messages.rest;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class RequestIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"kind\":null}",
        "{\"kind\":\"Group\"}",
        "{\"kind\":\"team\"}",
        "{\"kind\":1}",
        "{\"kind\":\"group\",\"members\":\"x\"}",
        "{\"kind\":\"group\",\"members\":[1]}",
        "{\"kind\":\"group\",\"members\":[null]}",
        "{\"kind\":\"group\",\"members\":[\"AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA\"]}",
        "{\"kind\":\"group\",\"title\":7}",
        "{\"kind\":\"group\",\"title\":\"a\\u0000b\"}",
        "{\"kind\":\"group\",\"title\":\"\\ud83d\"}",
        "{\"kind\":\"group\",\"title\":\"a\",\"title\":\"b\"}",
        "{\"kind\":\"group\",\"joinRole\":\"member\"}",
        "{\"kind\":\"channel\",\"joinRole\":\"owner\"}",
        "{\"kind\":\"direct\"}",
        "{\"kind\":\"direct\",\"members\":[]}",
        "{\"kind\":\"group\"",
        "[{\"kind\":\"group\"}]"
      })
  void anUnsoundOpeningIsRefused(String body) {
    anna.post("", body)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("bad_request"));
  }

  @Test
  void titlesAndTopicsAreLimitedByCharactersNotBytes() {
    String most = "👋".repeat(200);
    anna.post("", Map.of("kind", "group", "title", most))
        .then()
        .statusCode(201)
        .body("title", equalTo(most));
    anna.post("", Map.of("kind", "group", "title", most + "x"))
        .then()
        .statusCode(400)
        .body("detail", containsString("'title'"));
    String group = anna.opened("group");
    anna.patch(group, Map.of("topic", "x".repeat(1000))).then().statusCode(200);
    anna.patch(group, Map.of("topic", "x".repeat(1001))).then().statusCode(400);
  }

  @Test
  void unknownMembersAreIgnoredAndNullIsAbsent() {
    String body = "{\"kind\":\"group\",\"title\":null,\"members\":null,\"later\":{\"x\":[1]}}";
    anna.post("", body).then().statusCode(201).body("title", nullValue());
  }

  @Test
  void fiveThousandMembersAreTakenAtOnceAndNotOneMore() {
    List<UUID> many = Stream.generate(UUID::randomUUID).limit(5001).toList();
    anna.post("", Map.of("kind", "group", "members", many))
        .then()
        .statusCode(400)
        .body("detail", containsString("5000"));
    String group =
        anna.post("", Map.of("kind", "group", "members", many.subList(0, 5000)))
            .then()
            .statusCode(201)
            .body("seq", equalTo(5002))
            .extract()
            .path("conversation");
    anna.get("/" + group + "/members").then().body("members.size()", equalTo(5000));
    anna.get("/" + group).then().body("members", equalTo(5001));
  }

  @Test
  void membersAreCountedOnceAndTheCreatorIsOneOfThem() {
    List<UUID> twice = List.of(ben.id(), anna.id(), ben.id());
    String group = anna.post("", Map.of("kind", "group", "members", twice)).path("conversation");
    anna.get("/" + group).then().body("members", equalTo(2)).body("role", equalTo("owner"));
  }

  @Test
  void whoHasNoAccountIsNamed() {
    anna.open("group", ben, new Person(KnownUsers.NOBODY, ""))
        .then()
        .statusCode(400)
        .body("detail", containsString(KnownUsers.NOBODY.toString()));
    anna.post("", Map.of("kind", "direct", "members", List.of(KnownUsers.UNCERTAIN)))
        .then()
        .statusCode(503)
        .body("code", equalTo("unavailable"));
  }

  @Test
  void anUpdateTellsWhatChangedAndNothingElse() {
    String group = anna.opened("group", ben);
    anna.patch(group, Map.of("title", "Tea", "topic", "عن الشاي"))
        .then()
        .statusCode(200)
        .body("seq", equalTo(4))
        .body("changed", nullValue());
    anna.patch(group, Map.of("title", "Tea", "topic", "about tea")).then().statusCode(200);
    anna.patch(group, Map.of("title", "Tea")).then().body("changed", equalTo(false));
    anna.patch(group, Map.of()).then().body("changed", equalTo(false));
    anna.patch(group, Collections.singletonMap("title", null)).then().body("title", equalTo("Tea"));
    anna.patch(group, Map.of("title", "")).then().body("title", nullValue());
    List<Map<String, Object>> events = ben.events(group);
    assertEquals(6, events.size());
    assertEquals("Tea", events.get(3).get("title"));
    assertEquals("عن الشاي", events.get(3).get("topic"));
    assertTrue(!events.get(4).containsKey("title") && events.get(4).containsKey("topic"));
    assertEquals("", events.get(5).get("title"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/x",
        "/AAAAAAAA-AAAA-4AAA-8AAA-AAAAAAAAAAAA",
        "/1-1-1-1-1",
        "/00000000-0000-0000-0000-00000000000/events"
      })
  void anIdInAnotherSpellingIsRefused(String path) {
    anna.get(path).then().statusCode(400).body("code", equalTo("bad_request"));
  }

  @Test
  void whatDoesNotExistIsToldInTheWordsOfWhatIsHidden() {
    String hidden = ben.opened("group");
    String refused = anna.get(hidden).then().statusCode(404).extract().asString();
    assertEquals(refused, anna.get("/" + UUID.randomUUID()).asString());
  }

  @Test
  void searchSaysThatItIsNotThereYet() {
    anna.request()
        .get("/api/search?q=tea")
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"))
        .body("detail", containsString("search"));
  }

  @Test
  void everyOperationIsDescribed() {
    String described = anna.request().get("/api/conversations/openapi?format=json").asString();
    for (String path :
        List.of(
            "/api/conversations",
            "/api/conversations/{conversation}",
            "/api/conversations/{conversation}/members",
            "/api/conversations/{conversation}/members/{user}",
            "/api/conversations/{conversation}/join",
            "/api/conversations/{conversation}/leave",
            "/api/conversations/{conversation}/events",
            "/api/conversations/{conversation}/messages")) {
      assertTrue(described.contains("\"" + path + "\""), path);
    }
    assertTrue(described.contains("NewConversation") && !described.contains("/internal/"));
  }
}
