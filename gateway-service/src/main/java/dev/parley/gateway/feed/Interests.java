package dev.parley.gateway.feed;

import dev.parley.contracts.routing.Route;
import dev.parley.gateway.route.Routes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// Which loops want the notices of a user, or a watched user's presence. Any thread.
final class Interests {
  private record Interest(CompletionStage<Void> recorded, Set<LoopFanout> loops) {}

  private final Map<Route, Interest> interests = new ConcurrentHashMap<>();
  private final Routes routes;

  Interests(Routes routes) {
    this.routes = routes;
  }

  /// Begins the interest of `loop`. Completes once the gateway's interest is recorded.
  CompletionStage<Void> add(Route route, LoopFanout loop) {
    return interests
        .compute(
            route,
            (key, before) -> {
              Interest interest =
                  before != null
                      ? before
                      : new Interest(routes.record(key), ConcurrentHashMap.newKeySet(2));
              interest.loops().add(loop);
              return interest;
            })
        .recorded();
  }

  /// Ends the interest of `loop`, unless `still` somebody there has it.
  void remove(Route route, LoopFanout loop, boolean still) {
    if (still) {
      return;
    }
    interests.computeIfPresent(
        route,
        (key, interest) -> {
          interest.loops().remove(loop);
          if (interest.loops().isEmpty()) {
            routes.release(key);
            return null;
          }
          return interest;
        });
  }

  Set<LoopFanout> loops(Route route) {
    Interest interest = interests.get(route);
    return interest == null ? Set.of() : interest.loops();
  }
}
