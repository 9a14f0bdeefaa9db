package dev.parley.gateway.feed;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.transport.Frame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Which sessions of one event loop watch whose presence, and of whom they may have been told
/// something else than is so. Confined to the loop.
final class LoopWatchers {
  private final LoopFanout loop;
  private final FeedPorts ports;
  private final Map<UUID, Set<Listener>> watchers = new HashMap<>();
  private final Set<UUID> doubted = new HashSet<>(0);

  // Whose statuses are being read, except of whom something was pushed since.
  private final Set<UUID> asked = new HashSet<>(0);

  LoopWatchers(LoopFanout loop, FeedPorts ports) {
    this.loop = loop;
    this.ports = ports;
  }

  /// Lets the session hear of `user`'s presence.
  void add(Listener listener, UUID user) {
    watchers.computeIfAbsent(user, watched -> new LinkedHashSet<>(2)).add(listener);
  }

  void remove(Listener listener, UUID user) {
    LoopFanout.remove(watchers, user, listener);
    ports.interests().remove(Route.presence(user), loop, watchers.containsKey(user));
  }

  /// Tells a change.
  void push(Delivery.Push push, Frame frame) {
    UUID user = push.target().id();
    Set<Listener> listeners = watchers.getOrDefault(user, Set.of());
    if (listeners.isEmpty()) {
      return;
    }
    if (asked.remove(user)) {
      // What is being read may be older than this, so it counts for nothing; or newer.
      doubt(user);
    }
    int mark = Shown.mark(push.json());
    for (Listener listener : List.copyOf(listeners)) {
      listener.pushPresence(user, frame, mark);
    }
  }

  /// Somebody may have been told something else of `user` than is so.
  void doubt(UUID user) {
    doubted.add(user);
    ports.doubts().wake();
  }

  /// As [#doubt], of everyone who is watched.
  void doubtAll() {
    doubted.addAll(watchers.keySet());
    wakeIfDoubted();
  }

  /// Those who are doubted: their statuses are read now.
  Set<UUID> ask() {
    doubted.retainAll(watchers.keySet());
    asked.addAll(doubted);
    doubted.clear();
    return Set.copyOf(asked);
  }

  /// `user` is shown so, says what was read. Whoever was told something else is told.
  void compare(UUID user, Frame frame, int mark) {
    if (!asked.remove(user)) {
      return;
    }
    boolean compared = true;
    for (Listener listener : List.copyOf(watchers.getOrDefault(user, Set.of()))) {
      compared &= listener.compare(user, frame, mark);
    }
    if (!compared) {
      doubt(user);
    }
  }

  /// All has been read that can be now; whoever is still unknown stays doubted.
  void answered() {
    doubted.addAll(asked);
    asked.clear();
    wakeIfDoubted();
  }

  private void wakeIfDoubted() {
    if (!doubted.isEmpty()) {
      ports.doubts().wake();
    }
  }
}
