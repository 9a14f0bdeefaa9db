package dev.parley.messages.fanout;

import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import java.util.Map;
import java.util.Set;

/// What is known about who is interested in a set of routes.
sealed interface Lookup {
  /// Routes cannot be known now: everything goes to everyone.
  record Unknown() implements Lookup {}

  /// Every interest in the asked routes, taken in one moment.
  ///
  /// @param live gateways that hold a slot
  /// @param interested by route; a route without interest may be missing
  record Known(int live, Map<Route, Set<SlotAddress>> interested) implements Lookup {}
}
