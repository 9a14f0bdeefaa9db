package dev.parley.messages.signals;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.signal.PushEncoder;
import dev.parley.contracts.signal.Signal;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class SignalsIT {
  private static final int SLOT = Sends.address().gateway().slot();

  @Inject DataSource dataSource;
  @Inject Topics topics;
  @Inject SignalsConfig config;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  private final UUID user = UUID.randomUUID();
  private Rows rows;
  private KafkaProbe probe;
  private UUID conversation;

  @BeforeEach
  void openConversation() throws Exception {
    rows = new Rows(dataSource);
    probe = new KafkaProbe(kafka, topics);
    conversation = rows.group(user, Role.MEMBER);
    awaitReader();
  }

  /// The group reads from the end, so that a signal from before it has its partitions is lost.
  private void awaitReader() {
    await()
        .until(() -> {
          probe.signal(read(0, true));
          return probe.poll(topics.signalDeliveries().name(), SLOT) > 0;
        });
  }

  @AfterEach
  void closeProbe() {
    probe.close();
  }

  @Test
  void typingReachesTheOthersAndIsDone() throws Exception {
    Signal typing = new Signal.Typing(conversation, user, Sends.address(), true);
    probe.signal(typing);

    Delivery.Push push = pushes(1).getLast();
    assertEquals(Route.conversation(conversation), push.target());
    assertEquals(typing.from().session(), push.exceptSession());
    assertEquals(PushEncoder.encode(typing), push.json());
    assertEquals("{\"type\":\"done\"}", replyTo(typing).toString());
  }

  @Test
  void strangerIsToldThatThereIsNoSuchConversation() throws Exception {
    Signal typing = new Signal.Typing(conversation, UUID.randomUUID(), Sends.address(), true);
    probe.signal(typing);
    assertTrue(replyTo(typing).toString().contains("\"not_found\""));
  }

  @Test
  void readIsStoredGrowsOnlyAndIsGathered() throws Exception {
    rows.run("UPDATE conversation SET head = 50 WHERE id = ?", conversation);
    long began = System.nanoTime();
    for (long seq = 1; seq <= 40; seq++) {
      probe.signal(read(seq, false), read(seq / 2, false));
    }
    Signal last = read(41, true);
    probe.signal(last);
    assertEquals("{\"type\":\"done\"}", replyTo(last).toString());
    assertEquals(
        41, rows.number("SELECT read_seq FROM member WHERE conversation = ?", conversation));

    await()
        .until(() ->
            probe.poll(topics.signalDeliveries().name(), Topics.BROADCAST) > 0
                && pushes(1).getLast().json().toString().contains("\"seq\":41"));
    List<Delivery.Push> pushes = pushes(2);
    // However they were cut into batches: the first at once, then one for each window, each to two.
    long windows = Duration.ofNanos(System.nanoTime() - began).dividedBy(config.gather());
    assertTrue(pushes.size() <= 2 * (1 + windows), () -> "gathered to " + pushes.size());
    assertEquals(Route.user(user), pushes.get(0).target());
    assertEquals(last.from().session(), pushes.get(0).exceptSession());
    assertEquals(Route.conversation(conversation), pushes.get(1).target());
    assertEquals(user, pushes.get(1).exceptUser());
  }

  @Test
  void readAboveTheHeadIsBadRequest() throws Exception {
    Signal read = read(1, true);
    probe.signal(read);
    assertTrue(replyTo(read).toString().contains("\"bad_request\""));
  }

  @Test
  void largeConversationsHaveNoSignalsAndNoReceiptsOfOthers() throws Exception {
    rows.run("UPDATE conversation SET member_count = 101, head = 5 WHERE id = ?", conversation);
    JsonText data = JsonText.of("{\"x\":1}");
    Signal signal = new Signal.Custom(conversation, user, Sends.address(), true, "cursor", data);
    Signal read = read(5, true);
    probe.signal(signal, read);
    assertEquals("{\"type\":\"done\"}", replyTo(signal).toString());
    assertEquals("{\"type\":\"done\"}", replyTo(read).toString());
    assertEquals(List.of(Route.user(user)), pushes(1).stream().map(Delivery.Push::target).toList());
  }

  private Signal.Read read(long seq, boolean replyWanted) {
    return new Signal.Read(conversation, user, Sends.address(), replyWanted, seq);
  }

  private JsonText replyTo(Signal signal) throws Exception {
    for (int count = 1; ; count++) {
      Delivery.Reply reply =
          assertInstanceOf(
              Delivery.Reply.class, probe.signalDeliveries(SLOT, count).get(count - 1));
      if (reply.to().equals(signal.from())) {
        return reply.json();
      }
    }
  }

  private List<Delivery.Push> pushes(int count) throws Exception {
    List<Delivery.Push> pushes = new ArrayList<>();
    for (Delivery delivery : probe.signalDeliveries(Topics.BROADCAST, count)) {
      pushes.add(assertInstanceOf(Delivery.Push.class, delivery));
    }
    return pushes;
  }
}
