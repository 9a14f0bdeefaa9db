package dev.parley.messages.ingest;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.messages.probe.Sends;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IngestMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final IngestMetrics metrics = new IngestMetrics(registry);

  @Test
  void timeSinceReceiptIsMeasuredWhereItIsKnown() {
    outcome(new Trace(null, Long.toString(System.currentTimeMillis() - 300)));
    outcome(new Trace(null, null));
    outcome(new Trace(null, "yesterday"));
    Timer latency = registry.get("parley.messages.commit.latency").timer();
    assertEquals(1, latency.count());
    assertTrue(latency.max(MILLISECONDS) >= 300);
    assertEquals(12, latency.takeSnapshot().histogramCounts().length);
  }

  private void outcome(Trace trace) {
    metrics.outcome(
        Sends.by(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID()),
        new Outcome.Refused(ErrorCode.FORBIDDEN, "no"),
        trace);
  }
}
