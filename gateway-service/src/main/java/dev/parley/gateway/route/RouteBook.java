package dev.parley.gateway.route;

import dev.parley.contracts.routing.Route;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/// Which routes are wanted, which are recorded, and what is to be written next. Pure: times come in
/// as nanoseconds, writes go out as batches. Not thread-safe.
///
/// At most one batch is under way, so writes of one route never overtake each other. New interests
/// go before those that are merely written again. An interest that ends is removed after a while.
final class RouteBook {
  private final long lingerNanos;
  private final Map<Route, Entry> entries = new HashMap<>();
  private final Queue<Route> urgent = new ArrayDeque<>();
  private final Queue<Route> again = new ArrayDeque<>();
  private final Queue<Leaving> leaving = new ArrayDeque<>();
  private @Nullable Batch underWay;

  /// Routes to write in one round trip.
  record Batch(List<Route> added, List<Route> removed) {}

  private record Leaving(Route route, long untilNanos) {}

  private static final class Entry {
    private boolean wanted;
    private boolean recorded;
    private boolean queued;
    private long untilNanos;
    private @Nullable CompletableFuture<Void> awaited;
  }

  RouteBook(long lingerNanos) {
    this.lingerNanos = lingerNanos;
  }

  int size() {
    return entries.size();
  }

  /// Wants `route`. Returns what completes once it is recorded.
  CompletableFuture<Void> want(Route route) {
    Entry entry = entries.computeIfAbsent(route, key -> new Entry());
    entry.wanted = true;
    if (entry.recorded) {
      return CompletableFuture.completedFuture(null);
    }
    if (!entry.queued) {
      entry.queued = true;
      urgent.add(route);
    }
    CompletableFuture<Void> awaited = entry.awaited;
    if (awaited == null) {
      awaited = new CompletableFuture<>();
      entry.awaited = awaited;
    }
    return awaited;
  }

  /// Wants `route` no more.
  void release(Route route, long nowNanos) {
    Entry entry = entries.get(route);
    if (entry != null && entry.wanted) {
      entry.wanted = false;
      entry.untilNanos = nowNanos + lingerNanos;
      leaving.add(new Leaving(route, entry.untilNanos));
    }
  }

  /// Takes nothing for recorded any more: everything that is wanted is written again.
  void writeAgain() {
    entries.forEach((route, entry) -> {
      entry.recorded = false;
      if (entry.wanted && !entry.queued) {
        entry.queued = true;
        again.add(route);
      }
    });
  }

  /// Whether everything that is wanted is recorded.
  boolean settled() {
    return underWay == null && urgent.isEmpty() && again.isEmpty();
  }

  /// The next batch of at most `most`, null if there is none or one is under way.
  @Nullable Batch next(int most, long nowNanos) {
    if (underWay != null) {
      return null;
    }
    Batch batch = new Batch(new ArrayList<>(), new ArrayList<>());
    take(urgent, batch, most);
    take(again, batch, most);
    takeLeaving(batch, most, nowNanos);
    if (batch.added().isEmpty() && batch.removed().isEmpty()) {
      return null;
    }
    underWay = batch;
    return batch;
  }

  /// The batch under way was written. Returns what to complete.
  List<CompletableFuture<Void>> written() {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    for (Route route : finish().added()) {
      Entry entry = entries.get(route);
      if (entry != null) {
        entry.recorded = true;
        completed(entry, done);
      }
    }
    return done;
  }

  /// The batch under way was not written, or nobody knows. Returns what to complete all the same.
  List<CompletableFuture<Void>> failed(long nowNanos) {
    Batch batch = finish();
    for (Route route : batch.added()) {
      Entry entry = entries.get(route);
      if (entry != null && !entry.queued) {
        entry.queued = true;
        again.add(route);
      }
    }
    for (Route route : batch.removed()) {
      Entry entry = entries.get(route);
      if (entry == null) {
        entry = new Entry();
        entry.untilNanos = nowNanos;
        entries.put(route, entry);
        leaving.add(new Leaving(route, entry.untilNanos));
      }
    }
    return awaited();
  }

  /// Everything that somebody waits for, to be completed because it will not be recorded soon.
  List<CompletableFuture<Void>> awaited() {
    List<CompletableFuture<Void>> done = new ArrayList<>();
    entries.values().forEach(entry -> completed(entry, done));
    return done;
  }

  private Batch finish() {
    Batch batch = underWay;
    if (batch == null) {
      throw new IllegalStateException("no batch is under way");
    }
    underWay = null;
    return batch;
  }

  private void take(Queue<Route> queue, Batch batch, int most) {
    while (batch.added().size() < most && !queue.isEmpty()) {
      Route route = queue.remove();
      Entry entry = entries.get(route);
      if (entry != null) {
        entry.queued = false;
        // One that left while it waited is written too, and removed when its time has come: what
        // is recorded under it may be older than the queue.
        batch.added().add(route);
      }
    }
  }

  private void takeLeaving(Batch batch, int most, long nowNanos) {
    while (batch.added().size() + batch.removed().size() < most) {
      Leaving first = leaving.peek();
      if (first == null || first.untilNanos() - nowNanos > 0) {
        return;
      }
      leaving.remove();
      Entry entry = entries.get(first.route());
      if (entry == null || entry.wanted || entry.untilNanos != first.untilNanos()) {
        continue;
      }
      if (!entry.queued && !batch.added().contains(first.route())) {
        entries.remove(first.route());
        batch.removed().add(first.route());
      } else {
        entry.untilNanos = nowNanos + lingerNanos;
        leaving.add(new Leaving(first.route(), entry.untilNanos));
      }
    }
  }

  private static void completed(Entry entry, List<CompletableFuture<Void>> done) {
    if (entry.awaited != null) {
      done.add(entry.awaited);
      entry.awaited = null;
    }
  }
}
