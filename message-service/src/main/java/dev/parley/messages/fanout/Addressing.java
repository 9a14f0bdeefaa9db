package dev.parley.messages.fanout;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.routing.Route;
import dev.parley.runtime.routing.Lookup;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// To which partitions a delivery goes. Pure.
final class Addressing {
  private Addressing() {}

  /// The routes that decide where `delivery` goes: none for a reply, which says where it is owed,
  /// and for heads, which all get.
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
      case Delivery.Heads h -> List.of();
    };
  }

  /// The partitions that get one record each: those of whoever is interested, and that of the
  /// session that is owed the reply.
  static Set<Integer> partitions(Delivery delivery, Lookup lookup) {
    return switch (delivery) {
      case Delivery.Reply r -> Set.of(r.to().gateway().slot());
      case Delivery.Event e -> {
        Set<Integer> slots = new TreeSet<>(lookup.partitions(routes(e)));
        if (e.reply() != null && !slots.equals(Lookup.EVERYONE)) {
          slots.add(e.reply().gateway().slot());
        }
        yield slots;
      }
      case Delivery.Push p -> lookup.partitions(routes(p));
      case Delivery.Heads h -> Lookup.EVERYONE;
    };
  }
}
