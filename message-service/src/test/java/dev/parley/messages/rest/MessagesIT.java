package dev.parley.messages.rest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class MessagesIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"plain\"}",
        "{\"text\":\"👩‍👩‍👧‍👦 🏳️‍🌈 👋🏽\"}",
        "{\"text\":\"שלום עולם — مرحبا بالعالم\"}",
        "{\"text\":\"e\u0301 ñ n\u0303 Z\u0351\u036b\u0343a\u0322lgo\"}",
        "{\"text\":\"学而时习之，不亦说乎？有朋自远方来，不亦乐乎？\"}",
        "{\"text\":\"\\\"quoted\\\" \\\\ \\n\\t\u2028 \ufeff\"}",
        "{\"n\":1e400,\"big\":12345678901234567890123,\"f\":1.10,\"x\":[1,{\"y\":null}],\"\":true}"
      })
  void whatWasSentIsWhatComesBack(String content) {
    String group = anna.opened("group", ben);
    anna.send(group, content).then().statusCode(200).body("type", equalTo("sent"));
    for (String path : List.of("/events?limit=1", "/messages?limit=1")) {
      String answer = ben.get(group + path).then().extract().asString();
      assertTrue(answer.contains("\"content\":" + content), answer);
    }
    assertTrue(ben.get("").asString().contains("\"content\":" + content));
  }

  @Test
  void thirtyTwoKibibytesAreTakenAndNotOneByteMore() {
    String group = anna.opened("group");
    String most = "{\"text\":\"" + "語".repeat((32 * 1024 - 11) / 3) + "\"}";
    most = most.replace("\"}", "x".repeat(32 * 1024 - most.getBytes(UTF_8).length) + "\"}");
    assertEquals(32 * 1024, most.getBytes(UTF_8).length);
    anna.send(group, most).then().statusCode(200);
    assertTrue(anna.get(group + "/messages").asString().contains(most));
    anna.send(group, most.replace("\"}", "x\"}"))
        .then()
        .statusCode(413)
        .body("code", equalTo("too_large"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"\\u0000\"}",
        "{\"text\":\"\\ud83d\"}",
        "{\"\\udc00\":1}",
        "{\"text\":1}",
        "[]",
        "null",
        "\"text\"",
        "{\"thread\":\"x\"}",
        "{\"format\":\"html\"}",
        "{\"mentions\":[\"me\"]}"
      })
  void unsoundContentIsRefused(String content) {
    String group = anna.opened("group");
    anna.send(group, content).then().statusCode(400).body("code", equalTo("bad_request"));
    assertEquals(2, (Integer) anna.get(group).path("seq"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "{\"message\":\"M\",\"message\":\"M\",\"content\":{}}",
        "{\"message\":\"M\",\"content\":{}} {}",
        "{\"content\":{}}",
        "{\"message\":\"nonsense\",\"content\":{}}",
        "{\"message\":7,\"content\":{}}",
        "{\"message\":\"M\"}",
        "{\"message\":\"M\",\"content\":{},\"replyTo\":\"M\"}",
        "{\"message\":\"M\",\"content\":{},\"replyTo\":true}"
      })
  void aBodyOfAnotherShapeIsRefused(String body) {
    String group = anna.opened("group");
    anna.post(group + "/messages", body.replace("M", UUID.randomUUID().toString()))
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("code", equalTo("bad_request"));
  }

  @Test
  void theRefusalNamesTheFieldAndWhatIsRight() {
    anna.post(anna.opened("group") + "/messages", Map.of("content", Map.of()))
        .then()
        .body("detail", containsString("'message'"))
        .body("detail", containsString("UUID"));
  }

  @Test
  void theSameMessageIdGetsTheFirstAnswerForEver() {
    String group = anna.opened("group", ben);
    Map<String, Object> message =
        Map.of("message", UUID.randomUUID(), "content", Map.of("text", "a"));
    Response first = ben.post(group + "/messages", message);
    first.then().statusCode(200).body("seq", equalTo(4)).body("repeated", nullValue());
    ben.post(group + "/leave", "").then().statusCode(200);
    ben.post(group + "/messages", Map.of("message", message.get("message"), "content", Map.of()))
        .then()
        .statusCode(200)
        .body("seq", equalTo(4))
        .body("at", equalTo(first.path("at")))
        .body("repeated", equalTo(true));
    anna.post(group + "/messages", message)
        .then()
        .statusCode(409)
        .body("code", equalTo("conflict"));
    String other = anna.opened("group");
    anna.post(other + "/messages", message).then().statusCode(200).body("repeated", nullValue());
  }

  @Test
  void aReplyNamesAMessageOfTheSameConversation() {
    String group = anna.opened("group");
    String there = anna.send(group, "{}").path("message");
    String elsewhere = anna.send(anna.opened("group"), "{}").path("message");
    reply(group, elsewhere).then().statusCode(400).body("detail", containsString("replyTo"));
    reply(group, there).then().statusCode(200);
    anna.get(group + "/messages?limit=1").then().body("messages[0].replyTo", equalTo(there));
  }

  @Test
  void messagesArePagedBackwardsAndShownForwards() {
    String group = anna.opened("group", ben);
    IntStream.range(0, 7).forEach(i -> anna.send(group, "{\"n\":" + i + "}"));
    ben.post(group + "/leave", "");
    List<Integer> read = new ArrayList<>();
    Integer before = 1000;
    boolean more;
    do {
      Response page = anna.get(group + "/messages?limit=3&before=" + before);
      List<Integer> numbers = page.then().statusCode(200).extract().path("messages.content.n");
      read.addAll(0, numbers);
      before = page.path("messages[0].seq");
      more = page.path("more");
    } while (more);
    assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), read);
  }

  private Response reply(String conversation, String to) {
    return anna.post(
        conversation + "/messages",
        Map.of("message", UUID.randomUUID(), "content", Map.of(), "replyTo", to));
  }
}
