package dev.parley.gateway.feed;

import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Puts right what sessions were told of presence in an outage. Whoever was told as `unknown`, and
/// after trouble with Redis everyone who is watched, is doubted; their statuses are read, once for
/// all sessions, and whoever was told something else is told.
///
/// One round at a time, at most one in [#BEAT], and in it one request after the other: however many
/// sessions wait, a service that comes back is asked by this gateway for [#MOST] users at a time,
/// and one that is away about once a beat. Nobody is doubted who is not watched, and so related.
/// Any thread.
final class PresenceDoubts {
  static final Duration BEAT = Duration.ofSeconds(2);
  static final int MOST = 250;

  private final PresenceClient presence;
  private final FeedPorts.Timer timer;
  private final Interests interests;
  private final Loops loops;
  private final AtomicBoolean awake = new AtomicBoolean();

  PresenceDoubts(PresenceClient presence, FeedPorts.Timer timer, Interests interests, Loops loops) {
    this.presence = presence;
    this.timer = timer;
    this.interests = interests;
    this.loops = loops;
  }

  /// Somebody is doubted: a round begins after a beat, unless one is under way or begins anyway.
  void wake() {
    if (awake.compareAndSet(false, true)) {
      timer.after(BEAT, this::begin);
    }
  }

  /// Doubts everyone who is watched here.
  void doubtAll() {
    onAll(loop -> loop.watchers().doubtAll());
  }

  private void begin() {
    Set<UUID> asked = ConcurrentHashMap.newKeySet();
    CompletableFuture<?>[] collected =
        loops.all().stream()
            .map(loop ->
                CompletableFuture.runAsync(
                    () -> asked.addAll(loop.watchers().ask()), loop.executor()))
            .toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.allOf(collected)
            .whenComplete((done, problem) -> read(batches(asked).iterator()));
  }

  private static List<List<UUID>> batches(Set<UUID> users) {
    List<UUID> all = List.copyOf(users);
    List<List<UUID>> batches = new ArrayList<>();
    for (int i = 0; i < all.size(); i += MOST) {
      batches.add(all.subList(i, Math.min(i + MOST, all.size())));
    }
    return batches;
  }

  private void read(Iterator<List<UUID>> batches) {
    if (!batches.hasNext()) {
      end();
      return;
    }
    var _ =
        presence
            .statuses(Set.copyOf(batches.next()))
            .whenComplete((known, problem) -> {
              if (problem != null) {
                end();
              } else {
                compare(known);
                read(batches);
              }
            });
  }

  private void compare(Map<UUID, Shown> known) {
    Set<LoopFanout> touched = new HashSet<>();
    known.forEach((user, shown) -> {
      Frame frame = Frame.of(ServerFrames.presence(shown.json()));
      for (LoopFanout loop : interests.loops(Route.presence(user))) {
        loop.enqueue(() -> loop.watchers().compare(user, frame, shown.mark()), frame.size());
        touched.add(loop);
      }
    });
    touched.forEach(LoopFanout::flush);
  }

  private void end() {
    // First: a loop on which somebody is still doubted wakes it again.
    awake.set(false);
    onAll(loop -> loop.watchers().answered());
  }

  // Behind what is queued: that was read, or told, before.
  private void onAll(Consumer<LoopFanout> action) {
    for (LoopFanout loop : loops.all()) {
      loop.enqueue(() -> action.accept(loop));
      loop.flush();
    }
  }
}
