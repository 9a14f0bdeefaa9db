package dev.parley.gateway.feed;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.log.LogClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Fetches from the log what is missing in a feed, one page at a time and one fetch per feed. Any
/// thread.
///
/// Records come from several partitions, so a hole is mostly closed by the next record; only what
/// is still missing after [#PATIENCE] is fetched. It is read on behalf of a subscribed user. One
/// who is refused has lost the right to read; if nobody is left who may, the refused ones'
/// subscriptions end.
final class Repair {
  static final Duration PATIENCE = Duration.ofMillis(100);
  static final int PAGE = 200;

  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(4);

  private final LogClient log;
  private final FeedPorts.Timer timer;
  private final FeedMetrics metrics;

  Repair(LogClient log, FeedPorts.Timer timer, FeedMetrics metrics) {
    this.log = log;
    this.timer = timer;
    this.metrics = metrics;
  }

  /// Has `feed` repaired if something is missing and nobody is at it.
  void check(Feed feed) {
    if (feed.missing() && feed.beginRepair()) {
      timer.after(PATIENCE, () -> new Attempt(feed, FIRST_RETRY).begin());
    }
  }

  /// One walk through a feed's readers, until one of them can read.
  private final class Attempt {
    private final Feed feed;
    private final Duration retry;
    private final long known;
    private final Set<UUID> refused = new HashSet<>();
    private final List<LoopFeed> parts;

    Attempt(Feed feed, Duration retry) {
      this.feed = feed;
      this.retry = retry;
      this.known = feed.known();
      this.parts = new ArrayList<>(feed.attached());
    }

    void begin() {
      Merge.Hole hole = feed.hole();
      if (feed.attached().isEmpty()) {
        feed.endRepair();
      } else if (hole == null) {
        feed.endRepair();
        // Something may have come to be missing between the look and the end.
        check(feed);
      } else if (parts.isEmpty()) {
        nobodyCanRead();
      } else {
        LoopFeed part = parts.getLast();
        part.loop().executor().execute(() -> fetch(hole, part.reader(refused)));
      }
    }

    private void fetch(Merge.Hole hole, @Nullable UUID reader) {
      if (reader == null) {
        parts.removeLast();
        begin();
        return;
      }
      metrics.holeFetched();
      log.hole(reader, feed.conversation(), hole.from() - 1, Math.min(hole.size(), PAGE))
          .whenComplete((page, problem) -> came(hole, reader, page, problem));
    }

    private void came(
        Merge.Hole hole, UUID reader, LogClient.@Nullable Page page, @Nullable Throwable problem) {
      if (problem != null && Problems.refusal(problem).code() == ErrorCode.NOT_FOUND) {
        refused.add(reader);
        begin();
      } else if (page == null || (page.lines().isEmpty() && page.head() >= hole.from())) {
        later();
      } else {
        fill(page);
        new Attempt(feed, FIRST_RETRY).begin();
      }
    }

    private void fill(LogClient.Page page) {
      List<FeedEvent> events = new ArrayList<>(page.lines().size());
      for (int i = 0; i < page.lines().size(); i++) {
        events.add(FeedEvent.ofLine(feed.conversation(), page.first() + i, page.lines().get(i)));
      }
      Set<LoopFanout> touched = new HashSet<>();
      feed.fill(events, page.head(), known, touched);
      touched.forEach(LoopFanout::flush);
    }

    private void nobodyCanRead() {
      Set<UUID> users = Set.copyOf(refused);
      for (LoopFeed part : feed.attached()) {
        part.loop().enqueue(() -> part.dismiss(users, known));
        part.loop().flush();
      }
      later();
    }

    private void later() {
      Duration next =
          retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
      timer.after(retry, () -> new Attempt(feed, next).begin());
    }
  }
}
