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
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TakeoverIT {
  private static TestLog log;

  private final UUID topic = UUID.randomUUID();
  private final Attention attention = new Attention();
  private Rows rows;
  private PostgresProgress progress;
  private Takeover takeover;
  private int former;

  @BeforeAll
  static void createLog() throws Exception {
    log = TestLog.create("takeover");
  }

  @BeforeEach
  void formerOwnerHasAppliedThree() throws Exception {
    rows = new Rows(log.database());
    progress = new PostgresProgress(log.database());
    former = progress.take(topic, Map.of(0, 3L)).getFirst().source();
    IngestMetrics metrics = new IngestMetrics(new SimpleMeterRegistry());
    takeover =
        new Takeover(
            progress,
            new Redistribution(
                progress,
                Fanouts.broadcasting(new MockProducer<>(), log.topics(), Failpoints.NONE),
                undelivered -> Map.of(),
                metrics),
            attention,
            metrics);
  }

  /// It went back to the end that Kafka had told before, and decided those commands anew.
  @Test
  void whatTheFormerOwnerAppliedToTheLastIsNotTakenForALossInKafka() throws Exception {
    Holding holding =
        take(
            new Kafka(0, 3) {
              @Override
              public Map<Integer, Long> ends(Set<Integer> partitions) {
                applyOneMore();
                return super.ends(partitions);
              }
            });
    assertEquals(3, holding.next());
    assertEquals(3, stored());
    assertEquals(HealthCheckResponse.Status.UP, attention.call().getStatus());
  }

  @Test
  void progressBelowTheTopicGoesOnAtItsBegin() throws Exception {
    assertEquals(10, take(new Kafka(10, 20)).next());
    assertEquals(10, stored());
    assertEquals(HealthCheckResponse.Status.DOWN, attention.call().getStatus());
  }

  @Test
  void progressAboveTheTopicGoesOnAtItsEnd() throws Exception {
    assertEquals(2, take(new Kafka(0, 2)).next());
    assertEquals(2, stored());
    assertEquals(HealthCheckResponse.Status.DOWN, attention.call().getStatus());
  }

  /// It could stand still with a batch in hand, and commit it after what came in by the new topic.
  @Test
  void ownerUnderTheFormerTopicCommitsNothingMore() throws Exception {
    takeover.take(UUID.randomUUID(), Set.of(0), new Kafka(0, 0));
    applyOneMore();
    assertEquals(3, stored());
  }

  /// The second of two stood at the edge of a page and was passed over.
  @Test
  void eventsOfOneOffsetAreDistributedTogether() throws Exception {
    UUID conversation = UUID.randomUUID();
    rows.run(
        """
        INSERT INTO event (conversation, seq, at, kind, user_id, detail, command_source, command_offset)
        SELECT ?, n, 0, 'message', ?, '{}', ?, least(n, 3) FROM generate_series(1, 4) AS n
        """,
        conversation,
        UUID.randomUUID(),
        former);
    assertEquals(2, progress.undelivered(former, 0, 10, 2).size());
    assertEquals(4, progress.undelivered(former, 0, 10, 3).size());
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

  private static class Kafka implements Takeover.Offsets {
    private final long begin;
    private final long end;

    Kafka(long begin, long end) {
      this.begin = begin;
      this.end = end;
    }

    @Override
    public Map<Integer, Long> begins(Set<Integer> partitions) {
      return Map.of(0, begin);
    }

    @Override
    public Map<Integer, Long> ends(Set<Integer> partitions) {
      return Map.of(0, end);
    }

    @Override
    public Map<Integer, Long> firstAfter(Map<Integer, Long> times) {
      return Map.of();
    }

    @Override
    public Map<Integer, Long> shown(Set<Integer> partitions) {
      return Map.of();
    }
  }
}
