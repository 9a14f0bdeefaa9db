package dev.parley.runtime.trace;

import static dev.parley.testing.Patience.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {
  private final List<ResourceSpans> posted = new CopyOnWriteArrayList<>();
  private final CountDownLatch taken = new CountDownLatch(1);
  private HttpServer collector;

  record Config(Optional<URI> endpoint, double sampling, int askedPerSecond)
      implements TraceConfig {}

  @BeforeEach
  void listen() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          posted.addAll(
              ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
                  .getResourceSpansList());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    collector.createContext(
        "/stuck",
        _ -> {
          try {
            taken.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    collector.start();
  }

  @AfterEach
  void close() {
    taken.countDown();
    collector.stop(0);
  }

  @Test
  void spansAreSentAsOtlp() {
    try (Spans spans = spans("/v1/traces", 1, 20)) {
      Span above = spans.first("send", false);
      Span below = spans.below(Spans.traceparent(above), "write", 5);
      below.setAttribute("parley.seq", 58).end();
      await().until(() -> !posted.isEmpty());
      ResourceSpans all = posted.getFirst();
      assertEquals("service.name", all.getResource().getAttributes(0).getKey());
      assertEquals(
          "gateway-service", all.getResource().getAttributes(0).getValue().getStringValue());
      var span = all.getScopeSpans(0).getSpans(0);
      HexFormat hex = HexFormat.of();
      assertEquals("write", span.getName());
      assertEquals(
          above.getSpanContext().getTraceId(), hex.formatHex(span.getTraceId().toByteArray()));
      assertEquals(
          below.getSpanContext().getSpanId(), hex.formatHex(span.getSpanId().toByteArray()));
      assertEquals(
          above.getSpanContext().getSpanId(), hex.formatHex(span.getParentSpanId().toByteArray()));
      assertEquals(5, span.getStartTimeUnixNano());
      assertTrue(span.getEndTimeUnixNano() > 5);
      assertEquals(58, span.getAttributes(0).getValue().getIntValue());
      assertEquals(0, spans.dropped());
    }
  }

  @Test
  void whatIsLeftIsSentOnClosing() {
    try (Spans spans = spans("/v1/traces", 1, 20)) {
      // The first to be sent takes a connection and classes, perhaps longer than closing waits.
      spans.first("send", false).end();
      await().until(() -> posted.size() == 1);
      spans.first("send", false).end();
    }
    assertEquals(2, posted.size());
  }

  /// The exporter gives up after 5 s, so only time tells; not every time does the machine stand
  /// still.
  @Test
  void closingDoesNotWaitForACollectorThatIsStuck() {
    Duration least = Duration.ofDays(1);
    for (int attempt = 0; attempt < 3 && least.toSeconds() >= 4; attempt++) {
      Spans spans = spans("/stuck", 1, 20);
      spans.first("send", false).end();
      long began = System.nanoTime();
      spans.close();
      Duration took = Duration.ofNanos(System.nanoTime() - began);
      least = took.compareTo(least) < 0 ? took : least;
    }
    assertTrue(least.toSeconds() < 4, "took " + least);
  }

  @Test
  void withoutACollectorNothingIsSampled() {
    try (Spans spans = new Spans("x", new Config(Optional.empty(), 1, 20))) {
      for (Spans off : List.of(Spans.OFF, spans)) {
        assertFalse(off.on());
        assertFalse(off.first("send", false).isRecording());
        Span asked = off.first("send", true);
        assertFalse(asked.isRecording());
        assertTrue(asked.getSpanContext().isValid());
        assertNull(off.below(sampled(), "write", 5));
        assertEquals(0, off.dropped());
      }
    }
  }

  @Test
  void whoAsksIsSampledUpToALimit() {
    try (Spans spans = spans("/v1/traces", 0, 2)) {
      assertFalse(spans.first("send", false).isRecording());
      int sampled = 0;
      for (int i = 0; i < 1_000; i++) {
        sampled += spans.first("send", true).isRecording() ? 1 : 0;
      }
      // A second may have begun meanwhile, or a few on a slow machine.
      assertTrue(sampled >= 2 && sampled < 100, "sampled " + sampled);
    }
  }

  @Test
  void whatTheCollectorDoesNotTakeIsDroppedAndCounted() {
    try (Spans spans = spans("/nowhere", 1, 20)) {
      for (int i = 0; i < 10; i++) {
        spans.first("send", false).end();
      }
      await().until(() -> spans.dropped() == 10);
    }
  }

  @Test
  void whatFindsNoRoomIsDroppedAndCounted() {
    try (Spans spans = spans("/stuck", 1, 20)) {
      for (int i = 0; i < Spans.QUEUE * 2; i++) {
        spans.first("send", false).end();
      }
      // A batch of 512 is under way.
      assertTrue(spans.dropped() >= Spans.QUEUE - 1024, () -> "dropped " + spans.dropped());
    }
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    assertThrows(IllegalStateException.class, () -> spans("/v1/traces", 1.5, 20));
  }

  @Test
  void recordsTellWhetherTheyAreSampled() {
    assertTrue(Spans.sampled(sampled().getBytes(US_ASCII)));
    assertFalse(Spans.sampled(Spans.traceparent(Spans.none()).getBytes(US_ASCII)));
    assertFalse(Spans.sampled(null));
    assertFalse(Spans.sampled(new byte[0]));
    assertNotEquals(Spans.traceparent(Spans.none()), Spans.traceparent(Spans.none()));
  }

  @Test
  void recordsCarryWhatTheLibraryWouldWrite() {
    try (Spans spans = spans("/v1/traces", 1, 20)) {
      for (Span span : List.of(Spans.none(), spans.first("send", false))) {
        Map<String, String> headers = new HashMap<>();
        W3CTraceContextPropagator.getInstance()
            .inject(Context.root().with(span), headers, Map::put);
        assertEquals(Map.of("traceparent", Spans.traceparent(span)), headers);
      }
    }
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x"
      })
  void belowWhatIsNoneIsNone(String traceparent) {
    try (Spans spans = spans("/v1/traces", 1, 20)) {
      assertNull(spans.below(traceparent, "write", 5));
    }
  }

  private String sampled() {
    try (Spans spans = spans("/v1/traces", 1, 20)) {
      return Spans.traceparent(spans.first("send", false));
    }
  }

  private Spans spans(String path, double sampling, int asked) {
    URI endpoint = URI.create("http://127.0.0.1:" + collector.getAddress().getPort() + path);
    return new Spans("gateway-service", new Config(Optional.of(endpoint), sampling, asked));
  }
}
