package dev.parley.gateway.protocol;

import static dev.parley.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Topics;
import dev.parley.gateway.route.Slot;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/// The other of two gateways was killed: all its sessions resume here, while those that are here
/// already go on. Everything is real but the message-service, which says how many statements it
/// would have executed.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
@QuarkusTestResource(value = StubServices.class, restrictToAnnotatedClass = true)
class StormIT {
  private static final Logger LOG = Logger.getLogger(StormIT.class);
  private static final int SESSIONS = 5000;
  private static final int CONVERSATIONS = 20;
  private static final int MOST_STATEMENTS = 500;

  /// A storm that a slow machine makes longer may cost so many more in each further second: five
  /// batches of each kind, of one statement for memberships and for heads and of two for what was
  /// missed.
  private static final int MORE_IN_A_SECOND = 20;

  private static final Duration LONG_STORM = Duration.ofSeconds(40);
  private static final int PINGING = 10;

  /// The longest that anything takes that a connected client asks for, besides the time for which
  /// the machine stood still: whoever starves waits until the storm is over.
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// On a machine that is so slow that the storm lasts longer than half a minute: this part of it.
  private static final int PART_OF_THE_STORM = 6;

  @TestHTTPResource("/")
  URI server;

  @Inject Slot slot;
  @Inject Topics topics;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "parley.messages.url")
  List<URI> messages;

  private final UUID busy = UUID.randomUUID();
  private volatile boolean over;

  @Test
  void fiveThousandResumeWithFewStatementsAndStarveNobody() throws Exception {
    await().atMost(Duration.ofMinutes(1)).until(() -> slot.address().isPresent());
    // The last to be closed: whoever asks is answered.
    try (var _ = new AnsweredSends(kafka, topics, busy);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        Storm storm = new Storm(server, CONVERSATIONS);
        Stalls stalls = new Stalls()) {
      try {
        storm(threads, storm, stalls);
      } finally {
        over = true; // Or the threads would be waited for forever.
      }
    }
  }

  private void storm(ExecutorService threads, Storm storm, Stalls stalls) throws Exception {
    List<Future<Duration>> connected = new ArrayList<>();
    Client sender = connect(",\"resume\":{\"" + busy + "\":3}");
    connected.add(threads.submit(() -> worst(sender, StormIT::send, stalls)));
    for (int i = 0; i < PINGING; i++) {
      Client pinging = connect("");
      connected.add(threads.submit(() -> worst(pinging, StormIT::ping, stalls)));
    }
    int before = statements();
    long began = System.nanoTime();

    storm.breakOut(SESSIONS);
    try {
      await()
          .atMost(Duration.ofMinutes(3))
          .pollInterval(Duration.ofMillis(200))
          .until(() -> storm.caughtUp() == SESSIONS || storm.wrong() != null);
    } finally {
      over = true;
      LOG.infof(
          "%d of %d caught up after %d ms, %d statements, %d connected again, %d ms stood still",
          storm.caughtUp(),
          SESSIONS,
          Duration.ofNanos(System.nanoTime() - began).toMillis(),
          statements() - before,
          storm.again(),
          Duration.ofNanos(stalls.nanos()).toMillis());
    }
    assertEquals(null, storm.wrong());
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    int statements = statements() - before;
    long longer = Math.max(0, took.minus(LONG_STORM).toSeconds());
    assertTrue(
        statements <= MOST_STATEMENTS + MORE_IN_A_SECOND * longer,
        statements + " statements in " + took);
    Duration part = took.dividedBy(PART_OF_THE_STORM);
    Duration patience = part.compareTo(PATIENCE) < 0 ? PATIENCE : part;
    for (Future<Duration> one : connected) {
      Duration worst = one.get(60, SECONDS);
      LOG.infof("a connected session waited %d ms at most", worst.toMillis());
      assertTrue(worst.compareTo(patience) < 0, "a connected session waited " + worst);
    }
  }

  private int statements() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(messages.getLast().resolve(StubServices.STATEMENTS)).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return Integer.parseInt(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
  }

  private Client connect(String more) throws Exception {
    Client client = Client.open(server);
    client.says(
        "{\"id\":1,\"type\":\"connect\",\"token\":\"%s\",\"subscribe\":\"none\"%s}"
            .formatted(TokenIssuer.shared().token(UUID.randomUUID()), more));
    String answer = client.hears();
    assertTrue(answer.startsWith("{\"id\":1,\"type\":\"connected\""), answer);
    return client;
  }

  private interface Ask {
    /// What is said, and how the answer begins.
    String of(StormIT test, long id);
  }

  private static String ping(StormIT test, long id) {
    return "{\"id\":%d,\"type\":\"ping\"}".formatted(id);
  }

  private static String send(StormIT test, long id) {
    return "{\"id\":%d,\"type\":\"send\",\"conversation\":\"%s\",\"message\":\"%s\",\"content\":{}}"
        .formatted(id, test.busy, UUID.randomUUID());
  }

  // Asks ten times a second until the storm is over. Returns how long the slowest answer took.
  private Duration worst(Client client, Ask ask, Stalls stalls) throws Exception {
    long worst = 0;
    try (client) {
      for (long id = 2; !over; id++) {
        long began = System.nanoTime() - stalls.nanos();
        client.says(ask.of(this, id));
        String answer = client.hears();
        worst = Math.max(worst, System.nanoTime() - stalls.nanos() - began);
        assertTrue(answer.matches("\\{\"id\":" + id + ",\"type\":\"(pong|sent)\".*"), answer);
        LockSupport.parkNanos(100_000_000);
      }
    }
    return Duration.ofNanos(worst);
  }
}
