package dev.parley.gateway.feed;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/// Reads heads in the only order that loses nothing: first the interest is recorded, then the head
/// is read, so that an event is either at or below the head or is routed here.
final class Heads {
  private final FeedPorts ports;

  Heads(FeedPorts ports) {
    this.ports = ports;
  }

  /// The heads of those conversations that `user` may read. Completes on `loop`, whether it fails
  /// or not, after the feeds were told.
  CompletionStage<Map<UUID, Long>> read(UUID user, List<LoopFeed> feeds, Executor loop) {
    CompletableFuture<?>[] recorded =
        feeds.stream()
            .map(feed -> feed.feed().recorded().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    List<UUID> conversations = feeds.stream().map(LoopFeed::conversation).toList();
    return CompletableFuture.allOf(recorded)
        .thenCompose(done -> ports.log().heads(user, conversations))
        .handleAsync(
            (heads, problem) -> {
              if (problem != null) {
                throw new CompletionException(problem);
              }
              return tell(feeds, heads);
            },
            loop);
  }

  private Map<UUID, Long> tell(List<LoopFeed> feeds, Map<UUID, Long> heads) {
    Set<LoopFanout> touched = new HashSet<>();
    for (LoopFeed feed : feeds) {
      Long head = heads.get(feed.conversation());
      if (head != null) {
        feed.begun(feed.feed().head(head, touched));
        ports.repair().check(feed.feed());
      }
    }
    touched.forEach(LoopFanout::flush);
    return heads;
  }
}
