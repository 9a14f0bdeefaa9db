package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebSockets.class)
class MetricsIT {
  @TestHTTPResource("/")
  URI server;

  @Inject MeterRegistry meters;
  @Inject Connections connections;

  private double count(String name, String key, String value) {
    var counter = meters.find(name).tag(key, value).counter();
    return counter == null ? 0 : counter.count();
  }

  @Test
  void connectionsUpgradesAndClosesAreCounted() throws Exception {
    await().until(() -> connections.count() == 0);
    double accepted = count("parley.gateway.upgrades", "result", "accepted");
    double foreign = count("parley.gateway.upgrades", "result", "origin");
    double violations = count("parley.gateway.closes", "code", "1002");
    double byClient = count("parley.gateway.closes", "code", "client");
    double lost = count("parley.gateway.closes", "code", "lost");
    RawClient.open(server, "Origin: http://evil.example").close();
    try (RawClient bad = RawClient.open(server);
        RawClient good = RawClient.open(server);
        RawClient crashing = RawClient.open(server)) {
      await().until(() -> meters.get("parley.gateway.connections").gauge().value() == 3);
      bad.frame(RawClient.FIN | 3);
      assertEquals(1002, bad.untilClose().closeCode());
      good.close(1000);
      assertEquals(1000, good.untilClose().closeCode());
      crashing.reset();
    }
    await().until(() -> meters.get("parley.gateway.connections").gauge().value() == 0);
    assertEquals(accepted + 3, count("parley.gateway.upgrades", "result", "accepted"));
    assertEquals(foreign + 1, count("parley.gateway.upgrades", "result", "origin"));
    assertEquals(violations + 1, count("parley.gateway.closes", "code", "1002"));
    assertEquals(byClient + 1, count("parley.gateway.closes", "code", "client"));
    assertEquals(lost + 1, count("parley.gateway.closes", "code", "lost"));
    assertEquals(0, meters.get("parley.gateway.queued").gauge().value());
  }
}
