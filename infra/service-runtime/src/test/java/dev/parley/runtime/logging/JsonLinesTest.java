package dev.parley.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.UUID;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.junit.jupiter.api.Test;

class JsonLinesTest {
  private final JsonLines lines = new JsonLines("message-service");

  @Test
  void aLineIsOneObjectWithWhatItIsAbout() throws Exception {
    UUID conversation = UUID.randomUUID();
    UUID message = UUID.randomUUID();
    ExtLogRecord line =
        new ExtLogRecord(
            Level.WARN, "%s\nforged", ExtLogRecord.FormatStyle.PRINTF, "dev.parley.Somewhere");
    line.setLoggerName("dev.parley.Somewhere");
    line.setParameters(new Object[] {"one"});
    line.setThrown(new IllegalStateException("two\nlines"));
    String written;
    try (About _ = About.conversation(conversation).andMessage(message)) {
      written = lines.format(line);
    }
    assertEquals(1, written.lines().count(), written);
    JsonNode json = JsonMapper.builder().build().readTree(written);
    assertEquals("WARN", json.get("level").asText());
    assertEquals("one\nforged", json.get("message").asText());
    assertEquals("message-service", json.get("service").asText());
    assertEquals("dev.parley.Somewhere", json.get("logger").asText());
    assertEquals(conversation.toString(), json.get("conversation").asText());
    assertEquals(message.toString(), json.get("messageId").asText());
    assertTrue(json.get("exception").asText().contains("IllegalStateException: two\nlines"));
  }
}
