package dev.parley.gateway.feed;

import dev.parley.gateway.log.LogClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Compares what feeds have passed on with the heads of the log, so that an event whose record was
/// lost is found though no later one tells of it: heads that are told as conversations change, and,
/// after an outage, those of all that are subscribed. Any thread; one comparison of all at a time.
final class Tails {
  /// What a record that is on its way is given before it is taken for lost.
  static final Duration ON_ITS_WAY = Duration.ofSeconds(1);

  private static final int BATCH = 5000;

  private final LogClient log;
  private final FeedPorts.Timer timer;
  private final Feeds feeds;
  private final Repair repair;

  Tails(FeedPorts ports) {
    this.log = ports.log();
    this.timer = ports.timer();
    this.feeds = ports.feeds();
    this.repair = ports.repair();
  }

  /// Heads are told, of whatever changed: most of it concerns nobody here.
  void told(Map<UUID, Long> heads) {
    List<Feed> behind = new ArrayList<>();
    for (Map.Entry<UUID, Long> head : heads.entrySet()) {
      Feed feed = feeds.find(head.getKey());
      if (feed != null && feed.last() >= 0 && feed.last() < head.getValue()) {
        behind.add(feed);
      }
    }
    if (!behind.isEmpty()) {
      timer.after(ON_ITS_WAY, () -> tell(behind, heads));
    }
  }

  /// Reads the heads of all feeds and compares them; batch after batch.
  CompletionStage<Void> compare() {
    List<Feed> compared = feeds.all().stream().filter(feed -> feed.last() >= 0).toList();
    List<List<Feed>> batches = new ArrayList<>();
    for (int i = 0; i < compared.size(); i += BATCH) {
      batches.add(compared.subList(i, Math.min(i + BATCH, compared.size())));
    }
    return next(batches.iterator());
  }

  private CompletionStage<Void> next(Iterator<List<Feed>> batches) {
    if (!batches.hasNext()) {
      return CompletableFuture.completedStage(null);
    }
    List<Feed> batch = batches.next();
    return log.tails(batch.stream().map(Feed::conversation).toList())
        .thenAccept(heads -> timer.after(ON_ITS_WAY, () -> tell(batch, heads)))
        .thenCompose(done -> next(batches));
  }

  private void tell(List<Feed> batch, Map<UUID, Long> heads) {
    Set<LoopFanout> touched = new HashSet<>();
    for (Feed feed : batch) {
      Long head = heads.get(feed.conversation());
      if (head != null && feed.last() < head) {
        feed.head(head, touched);
        repair.check(feed);
      }
    }
    touched.forEach(LoopFanout::flush);
  }
}
