package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Fanouts;
import dev.parley.messages.probe.Rows;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeoverIT {
  private static TestLog log;

  private final UUID topic = UUID.randomUUID();
  private Rows rows;
  private Takeover takeover;
  private int former;

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("takeover");
  }

  @BeforeEach
  void formerOwnerHasAppliedThree() throws Exception {
    rows = new Rows(log.database());
    PostgresProgress progress = new PostgresProgress(log.database());
    former = progress.take(topic, Map.of(0, 3L)).getFirst().source();
    takeover =
        new Takeover(
            progress,
            Fanouts.broadcasting(new MockProducer<>(), log.topics(), Failpoints.NONE),
            new IngestMetrics(new SimpleMeterRegistry()));
  }

  /// It went back to the end that Kafka had told before, and decided those commands anew.
  @Test
  void whatTheFormerOwnerAppliedToTheLastIsNotTakenForALossInKafka() throws Exception {
    Holding holding =
        take(
            new Takeover.Offsets() {
              @Override
              public Map<Integer, Long> begins(Set<Integer> partitions) {
                return Map.of(0, 0L);
              }

              @Override
              public Map<Integer, Long> ends(Set<Integer> partitions) {
                applyOneMore();
                return Map.of(0, 3L);
              }
            });
    assertEquals(3, holding.next());
    assertEquals(3, stored());
  }

  @Test
  void progressBelowTheTopicGoesOnAtItsBegin() throws Exception {
    assertEquals(10, take(offsets(10, 20)).next());
    assertEquals(10, stored());
  }

  @Test
  void progressAboveTheTopicGoesOnAtItsEnd() throws Exception {
    assertEquals(2, take(offsets(0, 2)).next());
    assertEquals(2, stored());
  }

  private Holding take(Takeover.Offsets kafka) throws InterruptedException {
    return takeover.take(topic, Set.of(0), kafka).getFirst();
  }

  /// As a batch of the former owner does, whose epoch is 1.
  private void applyOneMore() {
    try {
      rows.run(
          "UPDATE progress SET next_offset = 4 WHERE source = ? AND epoch = 1 AND next_offset = 3",
          former);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private long stored() throws SQLException {
    return rows.number("SELECT next_offset FROM progress WHERE source = ?", former);
  }

  private static Takeover.Offsets offsets(long begin, long end) {
    return new Takeover.Offsets() {
      @Override
      public Map<Integer, Long> begins(Set<Integer> partitions) {
        return Map.of(0, begin);
      }

      @Override
      public Map<Integer, Long> ends(Set<Integer> partitions) {
        return Map.of(0, end);
      }
    };
  }
}
