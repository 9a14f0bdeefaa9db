package dev.parley.messages.ingest;

import dev.parley.messages.fanout.Distribution;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Outgoing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Makes this instance the owner of partitions: a new epoch first, which fences every earlier
/// owner, then what that one committed and may not have distributed is distributed from the log.
final class Takeover {
  private static final Logger LOG = Logger.getLogger(Takeover.class);
  private static final int PAGE = 500;
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);

  private final PostgresProgress progress;
  private final Fanout fanout;
  private final IngestMetrics metrics;

  Takeover(PostgresProgress progress, Fanout fanout, IngestMetrics metrics) {
    this.progress = progress;
    this.fanout = fanout;
    this.metrics = metrics;
  }

  /// What Kafka says of partitions.
  interface Offsets {
    /// The first offset that each of `partitions` has now.
    Map<Integer, Long> begins(Set<Integer> partitions);

    /// The offset that each of `partitions` gives its next record now.
    Map<Integer, Long> ends(Set<Integer> partitions);
  }

  /// Takes `partitions`. Blocks until what had to be distributed again has reached Kafka.
  ///
  /// Ends are asked for after the earlier owner is fenced: it could otherwise still apply what came
  /// in after the answer, and its progress would look as if Kafka had lost commands.
  ///
  /// @throws dev.parley.messages.log.LogFailure if the database is away
  /// @throws IngestFailure if Kafka does not take the events
  List<Holding> take(UUID topic, Set<Integer> partitions, Offsets kafka)
      throws InterruptedException {
    Map<Integer, Long> begins = kafka.begins(partitions);
    List<Holding> holdings = progress.take(topic, begins);
    Map<Integer, Long> ends = kafka.ends(partitions);
    for (Holding holding : holdings) {
      distributeAgain(holding);
      enter(holding, offset(begins, holding), offset(ends, holding));
    }
    List<Holding> unsettled = holdings.stream().filter(Holding::unsettled).toList();
    if (!unsettled.isEmpty()) {
      progress.settle(unsettled);
    }
    return holdings;
  }

  private void distributeAgain(Holding holding) throws InterruptedException {
    long from = holding.delivered();
    long to = holding.next();
    PostgresProgress.Page page;
    do {
      page = progress.undelivered(holding.source(), from, to, PAGE);
      metrics.redistributed(page.events().size());
      Distribution distribution =
          fanout.deliver(
              page.events().stream().map(event -> Outgoing.event(event, null, null)).toList());
      if (!distribution.await(ACKNOWLEDGED)) {
        throw new IngestFailure("events of an earlier owner were not taken by Kafka", null);
      }
      from = page.lastOffset() + 1;
    } while (page.events().size() == PAGE);
    holding.caughtUp();
  }

  /// The stored offset may lie outside of the topic: below it when commands outlived their
  /// retention, above it when Kafka lost its end. Both are losses in Kafka that nothing here can
  /// undo; going on with what is there loses no more, and repeated commands are known by their ids.
  private void enter(Holding holding, long begin, long end) {
    if (holding.next() >= begin && holding.next() <= end) {
      return;
    }
    long offset = holding.next() < begin ? begin : end;
    LOG.errorf(
        "commands partition %d: the stored offset %d is outside of %d to %d; commands were lost in"
            + " Kafka. Going on at %d",
        holding.partition(), holding.next(), begin, end, offset);
    progress.move(holding, offset);
    holding.moved(offset);
  }

  private static long offset(Map<Integer, Long> offsets, Holding holding) {
    Long offset = offsets.get(holding.partition());
    if (offset == null) {
      throw new IngestFailure(
          "Kafka does not say the offsets of partition " + holding.partition(), null);
    }
    return offset;
  }
}
