package dev.parley.runtime.routing;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// What is known about who is interested in a set of routes.
public sealed interface Lookup {
  /// Partitions of everything that goes to everyone.
  Set<Integer> EVERYONE = Set.of(Topics.BROADCAST);

  /// Routes cannot be known now: everything goes to everyone.
  record Unknown() implements Lookup {}

  /// Every interest in the asked routes, taken in one moment.
  ///
  /// @param live gateways that hold a slot
  /// @param interested by route; a route without interest may be missing
  record Known(int live, Map<Route, Set<SlotAddress>> interested) implements Lookup {}

  /// The partitions that get one record each of what concerns `routes`: the slots of interested
  /// gateways, or [#EVERYONE] where routes are unknown or more than a quarter of the gateways is
  /// interested. With one interested gateway a record of its own costs the same as a broadcast and
  /// wastes nobody's time, so that it gets that whatever the number of gateways.
  default Set<Integer> partitions(Collection<Route> routes) {
    return switch (this) {
      case Unknown unknown -> EVERYONE;
      case Known known -> {
        Set<Integer> slots = new TreeSet<>();
        for (Route route : routes) {
          known.interested().getOrDefault(route, Set.of()).stream()
              .map(SlotAddress::slot)
              .forEach(slots::add);
        }
        yield slots.size() > 1 && slots.size() * 4 > known.live() ? EVERYONE : slots;
      }
    };
  }
}
