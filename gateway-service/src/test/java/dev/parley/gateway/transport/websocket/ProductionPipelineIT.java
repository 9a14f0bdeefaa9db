package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gateway.protocol.StubServices;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import org.junit.jupiter.api.Test;

/// What the Autobahn suite says of the echo endpoint holds for production as long as both go
/// through the same: see [AutobahnIT].
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
@QuarkusTestResource(value = StubServices.class, restrictToAnnotatedClass = true)
class ProductionPipelineIT {
  @TestHTTPResource("/")
  URI server;

  @Inject Vertx vertx;
  @Inject Connections connections;

  @Test
  void isThatWhichIsWrittenDown() throws Exception {
    await().until(() -> connections.count() == 0);
    try (RawClient client = RawClient.open(server)) {
      assertEquals(101, client.status);
      client.frame(RawClient.FIN | RawClient.PING);
      assertEquals(RawClient.PONG, client.next().opcode());
      assertEquals(
          String.join("\n", PipelineText.production()),
          String.join("\n", PipelineText.here(vertx)));
    }
  }
}
