package dev.parley.contracts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TopicsTest {
  private final Topics topics = new Topics("test.");

  @Test
  void numbersOfPartitionsAreThoseOfTheEmbeddedStack() {
    assertEquals(32, topics.commands().partitions());
    assertEquals(64 + 1, topics.deliveries().partitions());
  }

  @Test
  void commandsAreKeptForSevenDays() {
    assertEquals(
        Long.toString(Duration.ofDays(7).toMillis()),
        topics.commands().settings().get("retention.ms"));
  }

  /// Once its policy was plain `delete`: the code looked at whether it was to be compacted alone.
  @Test
  void revocationsAreCompactedAndForgotten() {
    assertEquals("compact,delete", topics.revocations().settings().get("cleanup.policy"));
  }

  @Test
  void noTopicGoesByTheClocksOfItsWriters() {
    for (Topics.Spec topic : topics.all()) {
      assertEquals(
          "LogAppendTime", topic.settings().get("message.timestamp.type"), topic::toString);
    }
  }

  /// An open segment is not deleted, however old its records are: `deliveries`, kept for ten
  /// minutes, once could fill a gibibyte for each slot.
  @Test
  void segmentsAreClosedWithinTheRetention() {
    for (Topics.Spec topic : topics.all()) {
      String retention =
          topic
              .settings()
              .getOrDefault("retention.ms", Long.toString(Duration.ofDays(1).toMillis()));
      assertEquals(retention, topic.settings().get("segment.ms"), topic::toString);
    }
  }
}
