package dev.parley.gateway.feed;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// The event loops that have sessions, and which session is on which. Any thread.
final class Loops {
  private final Map<Executor, LoopFanout> byExecutor = new ConcurrentHashMap<>();
  private final Map<UUID, LoopFanout> bySession = new ConcurrentHashMap<>();

  /// The fan-out of `loop`; event loops are few and live as long as the process.
  LoopFanout of(Executor loop, FeedPorts ports) {
    return byExecutor.computeIfAbsent(loop, executor -> new LoopFanout(executor, ports));
  }

  /// The loop of a session, null if it is not here.
  @Nullable LoopFanout ofSession(UUID session) {
    return bySession.get(session);
  }

  /// The loop of the session to which `event` settles a reply, null if there is none.
  @Nullable LoopFanout ofOwed(FeedEvent event) {
    return event.owed() == null ? null : bySession.get(event.owed().to().session());
  }

  void add(UUID session, LoopFanout loop) {
    bySession.put(session, loop);
  }

  void remove(UUID session) {
    bySession.remove(session);
  }

  Collection<LoopFanout> all() {
    return byExecutor.values();
  }
}
