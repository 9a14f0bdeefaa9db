package dev.parley.messages.ingest;

import dev.parley.messages.fanout.Distribution;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Outgoing;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /// The offsets that a partition has in Kafka now.
  record Range(long begin, long end) {}

  /// Takes the partitions in `ranges`. Blocks until what had to be distributed again has reached
  /// Kafka.
  ///
  /// @throws dev.parley.messages.log.LogFailure if the database is away
  /// @throws IngestFailure if Kafka does not take the events
  List<Holding> take(UUID topic, Map<Integer, Range> ranges) throws InterruptedException {
    Map<Integer, Long> starts = new HashMap<>();
    ranges.forEach((partition, range) -> starts.put(partition, range.begin()));
    List<Holding> holdings = progress.take(topic, starts);
    for (Holding holding : holdings) {
      distributeAgain(holding);
      Range range = ranges.get(holding.partition());
      if (range != null) {
        enter(holding, range);
      }
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
  private void enter(Holding holding, Range range) {
    if (holding.next() >= range.begin() && holding.next() <= range.end()) {
      return;
    }
    long offset = holding.next() < range.begin() ? range.begin() : range.end();
    LOG.errorf(
        "commands partition %d: the stored offset %d is outside of %d to %d; commands were lost in"
            + " Kafka. Going on at %d",
        holding.partition(), holding.next(), range.begin(), range.end(), offset);
    progress.move(holding, offset);
    holding.moved(offset);
  }
}
