package dev.parley.gateway.transport.websocket;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// The gateway against the Autobahn suite, the yardstick for RFC 6455. It needs a server that
/// echoes everything: ours does so on production's pipeline, with sizes of its own and nothing
/// else.
@QuarkusTest
@TestProfile(EchoProfile.class)
class AutobahnIT {
  /// Sections 1 to 7 are about the protocol, 9 and 10 about large and many messages.
  private static final List<String> ALWAYS =
      List.of("1.*", "2.*", "3.*", "4.*", "5.*", "6.*", "7.*");

  private static final List<String> FULL = List.of("9.*", "10.*");

  @TestHTTPResource("/ws")
  URI endpoint;

  @TestHTTPResource("/")
  URI server;

  @Inject Vertx vertx;
  @Inject Connections connections;

  @Test
  void echoesOnTheVeryPipelineOfProduction() throws Exception {
    await().until(() -> connections.count() == 0);
    try (RawClient client = RawClient.open(server)) {
      client.frame(RawClient.FIN | RawClient.BINARY, (byte) 1);
      assertEquals(RawClient.BINARY, client.next().opcode());
      assertEquals(
          String.join("\n", PipelineText.production()),
          String.join("\n", PipelineText.here(vertx)));
    }
    assertTrue(
        EchoProfile.SIZES.keySet().stream().allMatch(key -> key.contains(".transport.max-")),
        "only sizes may differ");
  }

  @Test
  void sections1To7() throws Exception {
    passes(246, 8, ALWAYS); // They wait most of the time.;
  }

  @Test
  @EnabledIfSystemProperty(named = "parley.test.full", matches = "true")
  void sections9And10() throws Exception {
    passes(55, 2, FULL); // They send up to 16 MiB.;
  }

  private void passes(int cases, int lanes, List<String> sections) throws Exception {
    Map<String, String> results = AutobahnSuite.run(endpoint, lanes, sections);
    List<String> failed =
        results.entrySet().stream()
            .filter(result -> !AutobahnSuite.passed(result.getValue()))
            .map(result -> result.getKey() + " " + result.getValue())
            .toList();
    assertEquals(List.of(), failed);
    assertEquals(cases, results.size());
  }
}
