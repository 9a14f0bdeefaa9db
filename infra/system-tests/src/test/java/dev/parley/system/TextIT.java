package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedStack.class)
class TextIT {
  private static final JsonMapper JSON = new JsonMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 \uD83E\uDEE0\"}",
        "{\"text\":\"שלום עולם مرحبا بالعالم \u202Eleft\u202C\"}",
        "{\"text\":\"e\u0301 a\u0308 Z\u0351\u036B\u0343 ế\"}",
        "{\"text\":\"天地玄黄，宇宙洪荒。日月盈昃，辰宿列张。𠀀𪛖\"}",
        "{\"text\":\"tab\\tline\\nreturn\\r\\u2028\\u2029 \\\"quoted\\\" \\\\ / \\/ \\u0007 \\uD83D\\uDC4D\"}",
        "{\"text\":\"\",\"format\":\"markdown\",\"own\":{\"deep\":[1,2.50,-0.0,1e400,true,null]}}",
        "{\"a\":123456789012345678901234567890,\"naïve 🙂\":\"keys are text too\"}"
      })
  void whatIsSentIsWhatComesBack(String content, Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    try (Live atOne = Live.connected(stack.gateway(1), ada);
        Live atTwo = Live.connected(stack.gateway(2), bob)) {
      JsonNode expected = JSON.readTree(content);
      String message = sendRaw(atOne, direct, content);
      assertEquals(expected, atTwo.next("event", "message", message).get("content"));
      JsonNode history = atTwo.ask("history", "conversation", direct, "limit", 1);
      assertEquals(expected, history.get("events").get(0).get("content"));
      JsonNode messages = bob.get("/api/conversations/" + direct + "/messages?limit=1").ok();
      assertEquals(expected, messages.get("messages").get(0).get("content"));
      JsonNode list = bob.get("/api/conversations").ok();
      assertEquals(expected, list.get("conversations").get(0).get("last").get("content"));
    }
  }

  @Test
  void theLargestContentFitsAndOneByteMoreIsTooLarge(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    String frame = "{\"text\":\"\"}";
    String text =
        "好".repeat((32_768 - frame.length()) / 3) + "x".repeat((32_768 - frame.length()) % 3);
    try (Live atOne = Live.connected(stack.gateway(1), ada);
        Live atTwo = Live.connected(stack.gateway(2), bob)) {
      String message = atOne.sent(direct, UUID.randomUUID(), text).get("message").asText();
      assertEquals(
          text, atTwo.next("event", "message", message).get("content").get("text").asText());
      JsonNode refused = atOne.reply(atOne.send(direct, UUID.randomUUID(), text + "x"));
      assertEquals("too_large", refused.path("code").asText(), refused::toString);
      Person.Answer overRest =
          ada.post(
              "/api/conversations/" + direct + "/messages",
              Map.of("message", UUID.randomUUID(), "content", Map.of("text", text + "x")));
      assertEquals("too_large", overRest.verdict());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":\"nul \\u0000\"}",
        "{\"text\":\"high \\uD83D alone\"}",
        "{\"text\":\"low \\uDC4D alone\"}",
        "{\"text\":\"turned \\uDC4D\\uD83D\"}",
        "{\"\\u0000\":1}",
        "{\"deep\":{\"er\":[\"\\uD800\"]}}",
        "\"a string\"",
        "[]",
        "null"
      })
  void whatIsNoTextIsABadRequest(String content, Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    String group = ada.opened("group");
    try (Live session = Live.connected(stack.socket(), ada)) {
      long before = session.sent(group, "before");
      session.say(
          "{\"id\":900,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":%s}"
              .formatted(group, UUID.randomUUID(), content));
      JsonNode refused = session.reply(900);
      assertEquals("bad_request", refused.path("code").asText(), refused::toString);
      assertEquals(before + 1, session.sent(group, "after"));
    }
  }

  private static String sendRaw(Live session, String conversation, String content)
      throws Exception {
    String message = UUID.randomUUID().toString();
    session.say(
        "{\"id\":900,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":%s}"
            .formatted(conversation, message, content));
    JsonNode sent = session.reply(900);
    assertEquals("sent", sent.get("type").asText(), sent::toString);
    return message;
  }
}
