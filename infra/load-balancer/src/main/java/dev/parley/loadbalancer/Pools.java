package dev.parley.loadbalancer;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// The pool of every destination. Any thread.
final class Pools {
  private final Map<Destination, Pool> pools = new EnumMap<>(Destination.class);

  Pools(Routes routes) {
    for (Destination destination : Destination.values()) {
      pools.put(destination, new Pool());
    }
    update(routes);
  }

  Pool of(Destination destination) {
    return Objects.requireNonNull(pools.get(destination));
  }

  void update(Routes routes) {
    pools.forEach((destination, pool) -> pool.update(routes.of(destination)));
  }
}
