package dev.parley.messages.fanout;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.messages.failpoint.Failpoint;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.routing.Routes;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// Hands deliveries to the gateways that want them: one look-up of routes, then one record for each
/// interested gateway. Call it only after the commit: a gateway records its interest before it
/// reads the head, so that what it did not read is routed to it.
///
/// Thread-safe; callers that need an order keep it by calling from one thread.
public final class Fanout {
  private final Routes routes;
  private final Deliveries deliveries;
  private final LatelyChanged lately;
  private final Failpoints failpoints;
  private final TrailRing trail;

  Fanout(
      Routes routes,
      Deliveries deliveries,
      LatelyChanged lately,
      Failpoints failpoints,
      TrailRing trail) {
    this.routes = routes;
    this.deliveries = deliveries;
    this.lately = lately;
    this.failpoints = failpoints;
    this.trail = trail;
  }

  /// Sends all of `outgoing`, in this order. Blocks for the look-up (bounded) and while the
  /// producer's buffer is full, not for acknowledgements. What follows a record that is refused at
  /// once is not offered: the next one would be refused too, each after the same long wait.
  public Distribution deliver(List<Outgoing> outgoing) {
    if (outgoing.isEmpty()) {
      return Distribution.nothing();
    }
    note(outgoing);
    Set<Route> wanted = new HashSet<>();
    outgoing.forEach(o -> wanted.addAll(Addressing.routes(o.delivery())));
    Lookup lookup = wanted.isEmpty() ? new Lookup.Unknown() : routes.find(wanted);
    failpoints.reach(Failpoint.ROUTED);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (Outgoing one : outgoing) {
      Set<Integer> partitions = Addressing.partitions(one.delivery(), lookup);
      if (one.delivery() instanceof Delivery.Event event) {
        route(event, partitions);
      }
      for (int partition : partitions) {
        CompletableFuture<?> next = deliveries.send(partition, one);
        sent.add(next);
        if (next.isCompletedExceptionally()) {
          return all(sent);
        }
      }
    }
    return all(sent);
  }

  private void route(Delivery.Event event, Set<Integer> partitions) {
    long slots = 0;
    for (int partition : partitions) {
      // The last bit for all slots of an installation that has more.
      slots |= 1L << Math.min(partition - 1, Long.SIZE - 1);
    }
    boolean everyone = partitions.equals(Lookup.EVERYONE);
    trail.event(
        everyone ? Step.BROADCAST : Step.ROUTED,
        event.conversation(),
        event.seq(),
        System.currentTimeMillis(),
        everyone ? 0 : slots,
        0);
  }

  private void note(List<Outgoing> outgoing) {
    long now = System.nanoTime();
    for (Outgoing one : outgoing) {
      if (one.delivery() instanceof Delivery.Event event) {
        lately.distributed(event, now);
      }
    }
  }

  private static Distribution all(List<CompletableFuture<?>> sent) {
    return new Distribution(CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)));
  }
}
