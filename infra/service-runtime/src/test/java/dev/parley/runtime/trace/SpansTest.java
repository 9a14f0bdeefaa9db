package dev.parley.runtime.trace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpansTest {
  private final List<String> posted = new CopyOnWriteArrayList<>();
  private HttpServer collector;

  record Config(Optional<URI> endpoint, double sampling, int askedPerSecond)
      implements TraceConfig {}

  @BeforeEach
  void listen() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          posted.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.start();
  }

  @AfterEach
  void close() {
    collector.stop(0);
  }

  @Test
  void spansAreSentAsOtlp() throws Exception {
    try (Spans spans = spans(1, 20)) {
      TraceContext above = TraceContext.fresh(true);
      TraceContext at = above.child();
      spans.leave(span(at, above.span()));
      await().until(() -> !posted.isEmpty());
      JsonNode all = JsonMapper.builder().build().readTree(posted.getFirst());
      JsonNode resource = all.at("/resourceSpans/0/resource/attributes/0");
      assertEquals("service.name", resource.get("key").asText());
      assertEquals("gateway-service", resource.at("/value/stringValue").asText());
      JsonNode span = all.at("/resourceSpans/0/scopeSpans/0/spans/0");
      assertEquals(at.trace(), span.get("traceId").asText());
      assertEquals(at.span(), span.get("spanId").asText());
      assertEquals(above.span(), span.get("parentSpanId").asText());
      assertEquals("5", span.get("startTimeUnixNano").asText());
      assertEquals("58", span.at("/attributes/0/value/intValue").asText());
    }
  }

  @Test
  void withoutACollectorNothingIsSampled() {
    assertFalse(Spans.OFF.on());
    assertFalse(Spans.OFF.sample());
    assertFalse(Spans.OFF.sampleAsked());
    try (Spans spans = new Spans("x", new Config(Optional.empty(), 1, 20))) {
      assertFalse(spans.sample());
      assertFalse(spans.sampleAsked());
    }
  }

  @Test
  void whoAsksIsSampledUpToALimit() {
    try (Spans spans = spans(0, 2)) {
      assertFalse(spans.sample());
      int sampled = 0;
      for (int i = 0; i < 1_000; i++) {
        sampled += spans.sampleAsked() ? 1 : 0;
      }
      // A second may have begun meanwhile, or a few on a slow machine.
      assertTrue(sampled >= 2 && sampled < 100, "sampled " + sampled);
    }
  }

  @Test
  void whatTheCollectorDoesNotTakeIsDroppedAndCounted() {
    collector.stop(0);
    try (Spans spans = spans(1, 20)) {
      for (int i = 0; i < Spans.QUEUE * 2; i++) {
        spans.leave(span(TraceContext.fresh(true), null));
      }
      await().until(() -> spans.dropped() > Spans.QUEUE / 2);
    }
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThrows(IllegalStateException.class, () -> spans(1.5, 20));
  }

  private static Span span(TraceContext at, String parent) {
    return new Span("write", Span.Kind.CONSUMER, at, parent, 5, 6, Map.of("parley.seq", 58L));
  }

  private Spans spans(double sampling, int asked) {
    URI endpoint =
        URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + "/v1/traces");
    return new Spans("gateway-service", new Config(Optional.of(endpoint), sampling, asked));
  }
}
