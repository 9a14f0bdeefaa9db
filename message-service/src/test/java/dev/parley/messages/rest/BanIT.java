package dev.parley.messages.rest;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The header `member` of a `left` makes gateways tell that user's sessions.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class BanIT {
  private final Person anna = Person.somebody();
  private final Person ben = Person.somebody();

  @Inject Topics topics;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private KafkaProbe probe;

  @BeforeEach
  void openProbe() {
    probe = new KafkaProbe(kafka, topics);
  }

  @AfterEach
  void closeProbe() {
    probe.close();
  }

  /// They got `left` with the id of a group that they must not know of.
  @Test
  void whoIsBannedFromAGroupThatTheyWereNeverInIsNotTold() throws Exception {
    String group = anna.opened("group");
    banAndLift(group);
    List<Delivery.Event> left = left(group, 2);
    assertTrue(left.stream().map(Delivery.Event::member).allMatch(Objects::isNull));
    for (Delivery.Event event : left) {
      assertTrue(event.json().toString().contains("\"member\":\"" + ben.id() + "\""));
    }
    List<Map<String, Object>> events = anna.events(group);
    assertEquals("banned", events.get(2).get("role"));
    assertEquals(ben.id().toString(), events.get(3).get("member"));
  }

  @Test
  void whoMayBeReadingTheChannelIsTold() throws Exception {
    String channel = anna.opened("channel");
    banAndLift(channel);
    List<Delivery.Event> left = left(channel, 2);
    assertEquals(ben.id(), left.getFirst().member());
  }

  @Test
  void whoIsBannedFromAGroupThatTheyAreInIsTold() throws Exception {
    String group = anna.opened("group", ben);
    banAndLift(group);
    assertEquals(ben.id(), left(group, 2).getFirst().member());
  }

  private void banAndLift(String conversation) {
    String bens = conversation + "/members/" + ben.id();
    anna.patch(bens, Map.of("role", "banned")).then().statusCode(200);
    anna.delete(bens).then().statusCode(200);
  }

  private List<Delivery.Event> left(String conversation, int count) throws Exception {
    List<Delivery.Event> left = new ArrayList<>();
    await()
        .until(() -> {
          probe.poll(topics.deliveries().name(), Topics.BROADCAST);
          left.clear();
          for (Delivery delivery : probe.deliveries(Topics.BROADCAST, 0)) {
            if (delivery instanceof Delivery.Event event
                && event.kind().equals("left")
                && conversation.endsWith(event.conversation().toString())) {
              left.add(event);
            }
          }
          return left.size() == count;
        });
    return left;
  }
}
