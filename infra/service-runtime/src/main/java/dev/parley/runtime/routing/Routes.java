package dev.parley.runtime.routing;

import dev.parley.contracts.routing.Route;
import java.util.Set;

/// Which gateways want what.
public interface Routes {
  /// Looks `routes` up in one round trip. Blocks for a bounded time; never fails.
  Lookup find(Set<Route> routes);
}
