package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;

/// One test: a drained gateway stays drained.
@QuarkusTest
@TestProfile(DrainIT.Draining.class)
class DrainIT {
  public static class Draining extends WebSockets {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> config = new HashMap<>(super.getConfigOverrides());
      config.put("parley.gateway.transport.close-timeout", "3s");
      config.put("parley.gateway.transport.drain.notice", NOTICE.toSeconds() + "s");
      config.put("parley.gateway.transport.drain.spread", "2s");
      // The time that a drain has is that for so many; it is not to run out on a slow machine.
      config.put("parley.gateway.transport.max-connections", "65000");
      return config;
    }
  }

  private static final int SESSIONS = 100;

  // Long, so that there is time to look at a gateway that has told nobody yet.
  private static final Duration NOTICE = Duration.ofSeconds(4);

  @TestHTTPResource("/")
  URI server;

  @Inject TestAcceptor acceptor;
  @Inject Connections connections;
  @Inject @Readiness Drain drain;

  @Test
  void sessionsAreLetGoWithRestartSpreadOverTimeWhoeverReads() throws Exception {
    RawClient deaf = RawClient.openSmall(server, 4096);
    TestAcceptor.Session stuck = acceptor.session();
    Frame big = Frame.of(JsonText.of("x".repeat(700_000)));
    stuck.outlet.loop().execute(() -> stuck.outlet.write(big));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < SESSIONS; i++) {
      clients.add(RawClient.open(server));
    }
    assertEquals(HealthCheckResponse.Status.UP, drain.call().getStatus());

    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
        Warnings warnings = new Warnings()) {
      List<Future<Long>> closed =
          clients.stream().map(client -> readers.submit(() -> isLetGo(client))).toList();
      long began = System.nanoTime();
      Thread stopping = Thread.ofPlatform().start(drain::run);
      await().until(() -> drain.call().getStatus() == HealthCheckResponse.Status.DOWN);
      try (RawClient late = RawClient.open(server)) {
        assertEquals(503, late.status);
      }
      long refused = System.nanoTime();

      List<Long> times = new ArrayList<>();
      for (Future<Long> one : closed) {
        times.add(one.get(60, SECONDS));
      }
      long first = times.stream().min((a, b) -> Long.signum(a - b)).orElseThrow();
      long last = times.stream().max((a, b) -> Long.signum(a - b)).orElseThrow();
      assertTrue(first - refused > 0, "told before it could be seen that it drains");
      assertTrue(first - began >= NOTICE.toNanos(), "told " + (first - began) + " ns after");
      Duration spread = Duration.ofNanos(last - first);
      assertTrue(spread.toMillis() > 1_600, "not spread over 2 s but over " + spread);
      // As many as there are, not as there may be, are spread: those would take 13 s.
      assertTrue(spread.toSeconds() < 8, "not spread over 2 s but over " + spread);
      // It ends since nobody is left, not since it has no more time: then it says so.
      stopping.join();
      assertEquals(0, connections.count());
      assertEquals(List.of(), warnings.heard);
    }
    deaf.close();
  }

  /// @return when it was told, in nanoseconds
  private static long isLetGo(RawClient client) throws Exception {
    RawClient.Received close = client.untilClose();
    long told = System.nanoTime();
    assertEquals(1012, close.closeCode());
    assertEquals("reconnect within=0", close.closeReason());
    client.close(1012);
    assertTrue(client.ended());
    return told;
  }

  /// What the drain complains of.
  private static final class Warnings extends Handler implements AutoCloseable {
    final List<String> heard = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger(Drain.class.getName());

    Warnings() {
      logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      heard.add(line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      logger.removeHandler(this);
    }
  }
}
