package dev.parley.messages.ingest;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.event.EventKind;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.ingest.LogState.Known;
import dev.parley.messages.ingest.LogState.RequestKey;
import dev.parley.messages.ingest.PostgresProgress.Undelivered;
import dev.parley.messages.ingest.Takeover.Applied;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Distributes once more what was committed and may not have reached Kafka. Blocks until it has.
final class Redistribution {
  private static final int PAGE = 500;
  private static final Duration ACKNOWLEDGED = Duration.ofSeconds(30);

  private final PostgresProgress progress;
  private final Fanout fanout;
  private final Applied applied;
  private final IngestMetrics metrics;

  Redistribution(PostgresProgress progress, Fanout fanout, Applied applied, IngestMetrics metrics) {
    this.progress = progress;
    this.fanout = fanout;
    this.applied = applied;
    this.metrics = metrics;
  }

  /// Events alone; nobody can be asked who waits for them.
  ///
  /// @throws IngestFailure if Kafka does not take the events
  void fromTheLog(Holding holding) throws InterruptedException {
    if (holding.delivered() < holding.next()) {
      distribute(holding, new HashMap<>());
    }
  }

  /// Events, and the replies to those who sent their commands or repeated them. What was refused is
  /// in no log: its sender is told `timeout` and repeats.
  ///
  /// @throws IngestFailure if Kafka does not take the events
  void withReplies(List<Holding> holdings) throws InterruptedException {
    List<Holding> undelivered =
        holdings.stream().filter(holding -> holding.delivered() < holding.next()).toList();
    if (undelivered.isEmpty()) {
      return;
    }
    Map<Integer, Map<Long, Owed>> owed = applied.owed(undelivered);
    for (Holding holding : undelivered) {
      Map<Long, Owed> left = new HashMap<>(owed.getOrDefault(holding.partition(), Map.of()));
      distribute(holding, left);
      deliver(repeated(left.values()));
    }
  }

  private void distribute(Holding holding, Map<Long, Owed> owed) throws InterruptedException {
    long from = holding.delivered();
    long to = holding.next();
    List<Undelivered> page;
    do {
      page = progress.undelivered(holding.source(), from, to, PAGE);
      metrics.redistributed(page.size());
      List<Outgoing> outgoing = new ArrayList<>(page.size());
      for (Undelivered one : page) {
        outgoing.add(again(one, owed));
        from = one.offset() + 1;
      }
      deliver(outgoing);
    } while (page.size() >= PAGE);
    holding.caughtUp();
  }

  private static Outgoing again(Undelivered one, Map<Long, Owed> owed) {
    RequestKey stored =
        one.event().request() == null
            ? null
            : new RequestKey(one.event().conversation(), one.event().request());
    Owed there = owed.get(one.offset());
    // Kafka may have given the offset to another command since.
    if (there == null || !there.request().equals(stored)) {
      return Outgoing.event(one.event(), null, null);
    }
    owed.remove(one.offset());
    return Outgoing.event(one.event(), there.reply(), there.trace());
  }

  private List<Outgoing> repeated(Collection<Owed> left) {
    if (left.isEmpty()) {
      return List.of();
    }
    Map<RequestKey, Known> known =
        progress.known(left.stream().map(Owed::request).collect(Collectors.toSet()));
    List<Outgoing> replies = new ArrayList<>();
    for (Owed owed : left) {
      Known first = known.get(owed.request());
      if (first != null && first.user().equals(owed.user()) && EventKind.MESSAGE.is(first.kind())) {
        RequestKey request = owed.request();
        replies.add(
            new Outgoing(
                new Delivery.Reply(
                    owed.reply(),
                    ReplyEncoder.sent(
                        request.conversation(), request.request(), first.seq(), first.at(), true)),
                owed.trace()));
      }
    }
    return replies;
  }

  private void deliver(List<Outgoing> outgoing) throws InterruptedException {
    if (!fanout.deliver(outgoing).await(ACKNOWLEDGED)) {
      throw new IngestFailure("events of an earlier owner were not taken by Kafka", null);
    }
  }
}
