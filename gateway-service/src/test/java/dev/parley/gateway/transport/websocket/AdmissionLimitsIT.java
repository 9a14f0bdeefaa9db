package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Ten upgrades a second, three connections, one foreign origin.
@QuarkusTest
@TestProfile(AdmissionLimitsIT.Tight.class)
class AdmissionLimitsIT {
  public static class Tight extends WebSockets {
    @Override
    public Map<String, String> getConfigOverrides() {
      Map<String, String> tight = new HashMap<>(super.getConfigOverrides());
      tight.put("parley.gateway.transport.upgrades-per-second", "10");
      tight.put("parley.gateway.transport.max-connections", "3");
      tight.put("parley.gateway.transport.origins", "https://chat.example");
      return tight;
    }
  }

  @TestHTTPResource("/")
  URI server;

  @Inject Connections connections;

  /// Uses up nothing of the rate for long enough that all ten may come.
  @BeforeEach
  void restUntilAllIsAllowedAgain() {
    await().until(() -> connections.count() == 0);
    long rested = System.nanoTime() + 1_000_000_000;
    await().until(() -> System.nanoTime() - rested > 0);
  }

  @Test
  void connectionsOverTheMaximumAreRefusedUntilOthersLeave() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      clients.add(RawClient.open(server));
      assertEquals(101, clients.getLast().status);
    }
    try (RawClient refused = RawClient.open(server)) {
      assertEquals(503, refused.status);
      assertEquals("1", refused.headers.get("retry-after"));
      assertTrue(refused.body().contains("\"retryAfter\":1000"));
      assertTrue(refused.ended());
    }
    clients.removeLast().close();
    await().until(() -> connections.count() == 2);
    try (RawClient admitted = RawClient.open(server)) {
      assertEquals(101, admitted.status);
    }
    for (RawClient client : clients) {
      client.close();
    }
  }

  @Test
  void stormOfUpgradesIsRefusedBeforeAnythingElseIsLookedAt() throws Exception {
    int refused = 0;
    int accepted = 0;
    long began = System.nanoTime();
    long end = began + Duration.ofMinutes(1).toNanos();
    // A slow machine asks more slowly than is refused for a while.
    for (int i = 0; i < 30 || (refused <= 5 && System.nanoTime() - end < 0); i++) {
      try (RawClient client = RawClient.open(server, "Origin: http://evil.example")) {
        switch (client.status) {
          case 403 -> accepted++;
          case 503 -> refused++;
          default -> throw new AssertionError(client.status);
        }
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertTrue(
        accepted >= 10 && accepted <= 10 + Math.ceil(10 * seconds) + 1,
        "accepted " + accepted + " in " + seconds + " s");
    assertTrue(refused > 5, "refused " + refused);
  }

  @Test
  void configuredOriginsAloneMayConnect() throws IOException {
    assertEquals(101, status("Origin: https://chat.example"));
    assertEquals(403, status("Origin: http://" + server.getAuthority()));
    assertEquals(101, status());
  }

  private int status(String... headers) throws IOException {
    try (RawClient client = RawClient.open(server, headers)) {
      return client.status;
    }
  }
}
