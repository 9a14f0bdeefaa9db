package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.Role;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a defect of ours costs: never a committed event, and never more than the command that
/// brings it out.
class DefectsIT {
  private static TestLog log;

  private final UUID user = UUID.randomUUID();
  private final List<String> buried = new ArrayList<>();
  private UUID conversation;
  private Map<Integer, Holding> holdings;

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("defects");
  }

  @BeforeEach
  void takePartition() throws Exception {
    conversation = new Rows(log.database()).group(user, Role.MEMBER);
    Holding holding =
        new PostgresProgress(log.database()).take(UUID.randomUUID(), Map.of(0, 0L)).getFirst();
    holdings = Map.of(0, holding);
  }

  /// The batch counted as delivered as soon as a later one was: nobody ever got its events.
  @Test
  void defectAfterTheCommitLeavesTheBatchToBeDistributedFromTheLog() throws Exception {
    SimpleMeterRegistry broken =
        new SimpleMeterRegistry() {
          @Override
          protected Counter newCounter(Meter.Id id) {
            if (id.getName().equals("parley.messages.commands")) {
              throw new IllegalStateException("a defect");
            }
            return super.newCounter(id);
          }
        };
    apply(broken, Clock.systemUTC());
    Holding holding = holdings.get(0);
    assertEquals(1, holding.next());
    assertTrue(holding.failed());
    assertEquals(0, holding.delivered());
    assertEquals(List.of(), buried);
  }

  @Test
  void defectOfAnyKindStandsAloneInTheEnd() throws Exception {
    apply(new SimpleMeterRegistry(), new BrokenClock());
    assertEquals(List.of("a defect"), buried);
    assertEquals(1, holdings.get(0).next());
  }

  private void apply(SimpleMeterRegistry metrics, Clock clock) throws Exception {
    try (var producer = Fanouts.producer(log.kafka())) {
      new Ingest(
              log.database(),
              Fanouts.broadcasting(producer, log.topics(), Failpoints.NONE),
              clock,
              Failpoints.NONE,
              new IngestMetrics(metrics),
              Footprints.NONE)
          .apply(
              List.of(
                  new Incoming.Wellformed(
                      0,
                      0,
                      0,
                      Sends.by(user, conversation, UUID.randomUUID()),
                      new Outgoing.Trace(null, null),
                      (cause, limit) -> buried.add(cause))),
              holdings);
    }
  }

  private static final class BrokenClock extends Clock {
    @Override
    public Instant instant() {
      throw new ArithmeticException("a defect");
    }

    @Override
    public ZoneId getZone() {
      throw new ArithmeticException("a defect");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
