package dev.parley.gateway.feed;

import dev.parley.contracts.routing.Route;
import dev.parley.gateway.route.Routes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The feeds of all conversations that somebody here is subscribed to. A feed lives, and its
/// interest is recorded, from the first loop that attaches to the last that detaches. Any thread.
final class Feeds {
  private final Map<UUID, Feed> feeds = new ConcurrentHashMap<>();
  private final Routes routes;
  private final Loops loops;

  /// @param last as [Feed#attach] returns it
  record Attached(Feed feed, long last) {}

  Feeds(Routes routes, Loops loops) {
    this.routes = routes;
    this.loops = loops;
  }

  @Nullable Feed find(UUID conversation) {
    return feeds.get(conversation);
  }

  Collection<Feed> all() {
    return feeds.values();
  }

  Attached attach(UUID conversation, LoopFeed part) {
    AtomicLong last = new AtomicLong();
    Feed attached =
        feeds.compute(
            conversation,
            (id, before) -> {
              Feed feed =
                  before != null
                      ? before
                      : new Feed(id, routes.record(Route.conversation(id)), loops);
              last.set(feed.attach(part));
              return feed;
            });
    return new Attached(attached, last.get());
  }

  void detach(UUID conversation, LoopFeed part) {
    Set<LoopFanout> touched = new HashSet<>();
    feeds.computeIfPresent(
        conversation,
        (id, feed) -> {
          boolean empty = feed.detach(part, touched);
          if (empty) {
            routes.release(Route.conversation(id));
          }
          return empty ? null : feed;
        });
    touched.forEach(LoopFanout::flush);
  }
}
