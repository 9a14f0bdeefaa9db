package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
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
      config.put("parley.gateway.transport.ping-interval", "25s");
      config.put("parley.gateway.transport.idle-timeout", "60s");
      config.put("parley.gateway.transport.drain.notice", "1s");
      config.put("parley.gateway.transport.drain.spread", "2s");
      return config;
    }
  }

  private static final int SESSIONS = 100;

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

    long began = System.nanoTime();
    Thread stopping = Thread.ofPlatform().start(drain::run);
    await().until(() -> drain.call().getStatus() == HealthCheckResponse.Status.DOWN);
    try (RawClient late = RawClient.open(server)) {
      assertEquals(503, late.status);
    }
    assertTrue(began + Duration.ofSeconds(1).toNanos() - System.nanoTime() > 0, "too slow to tell");
    assertEquals(SESSIONS + 1, connections.count());

    long first = 0;
    long last = 0;
    for (RawClient client : clients.reversed()) {
      RawClient.Received close = client.untilClose();
      last = System.nanoTime();
      first = first == 0 ? last : first;
      assertEquals(1012, close.closeCode());
      assertEquals("reconnect within=0", close.closeReason());
      client.close(1012);
      assertTrue(client.ended());
    }
    Duration spread = Duration.ofNanos(last - first);
    assertTrue(spread.toMillis() > 1_600, "not spread over 2 s but over " + spread);
    stopping.join();
    long took = System.nanoTime() - began;
    assertTrue(took < Duration.ofSeconds(7).toNanos(), "took " + Duration.ofNanos(took));
    await().until(() -> connections.count() == 0);
    deaf.close();
  }
}
