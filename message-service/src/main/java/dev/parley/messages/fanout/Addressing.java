package dev.parley.messages.fanout;

import dev.parley.contracts.Topics;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// To which partitions a delivery goes. Pure.
final class Addressing {
  private static final Set<Integer> EVERYONE = Set.of(Topics.BROADCAST);

  private Addressing() {}

  /// The routes that decide where `delivery` goes: none for a reply, which says where it is owed.
  static List<Route> routes(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Event e -> {
        Route conversation = Route.conversation(e.conversation());
        boolean notice = EventKind.JOINED.is(e.kind()) || EventKind.LEFT.is(e.kind());
        yield notice && e.member() != null
            ? List.of(conversation, Route.user(e.member()))
            : List.of(conversation);
      }
      case Delivery.Reply r -> List.of();
      case Delivery.Push p -> List.of(p.target());
    };
  }

  /// The partitions that get one record each: the slots of interested gateways, or the broadcast
  /// partition where routes are unknown or more than a quarter of the gateways is interested. With
  /// one interested gateway a record of its own costs the same as a broadcast and wastes nobody's
  /// time, so that it gets that whatever the number of gateways.
  static Set<Integer> partitions(Delivery delivery, Lookup lookup) {
    return switch (delivery) {
      case Delivery.Reply r -> Set.of(r.to().gateway().slot());
      case Delivery.Event e -> {
        Set<Integer> slots = new TreeSet<>(interested(routes(e), lookup));
        if (e.reply() != null && !slots.equals(EVERYONE)) {
          slots.add(e.reply().gateway().slot());
        }
        yield slots;
      }
      case Delivery.Push p -> interested(routes(p), lookup);
    };
  }

  private static Set<Integer> interested(List<Route> routes, Lookup lookup) {
    return switch (lookup) {
      case Lookup.Unknown unknown -> EVERYONE;
      case Lookup.Known known -> {
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
