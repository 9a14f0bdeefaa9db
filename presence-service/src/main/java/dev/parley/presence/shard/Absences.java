package dev.parley.presence.shard;

import dev.parley.contracts.routing.SlotAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which gateways are gone for good: those whose lease has been seen to be absent for the grace
/// time. Where it was not seen when a lease ended (this instance has just started, or Redis was
/// away) a whole lease is added, so that a gateway has time to take its slot again. While this
/// instance stands still no grace time passes.
///
/// Pure; time is an argument. Not thread-safe.
final class Absences {
  private final long grace;
  private final long lease;
  private final long beat;
  private final Map<SlotAddress, Sighting> sightings = new HashMap<>();
  private long lastLook;

  /// @param present whether the lease was there then; otherwise absence was first noticed then
  private record Sighting(long nanos, long wallMillis, boolean present) {
    Sighting at(long later) {
      return new Sighting(later, wallMillis, present);
    }
  }

  Absences(Duration lease, Duration grace, Duration beat) {
    this.grace = grace.toNanos();
    this.lease = lease.toNanos();
    this.beat = beat.toNanos();
  }

  /// Nothing could be seen for a while.
  void interrupted() {
    sightings.clear();
  }

  /// Takes in what was seen now, and says who of `known` is gone, with the time (epoch ms) when
  /// each was last known to be alive.
  Map<SlotAddress, Long> look(
      Map<Integer, String> holders, Collection<SlotAddress> known, long nowNanos, long wallMillis) {
    if (!sightings.isEmpty() && nowNanos - lastLook > 3 * beat) {
      sightings.replaceAll((gateway, seen) -> seen.at(nowNanos));
    }
    lastLook = nowNanos;
    sightings.keySet().retainAll(Set.copyOf(known));
    Map<SlotAddress, Long> gone = new HashMap<>();
    for (SlotAddress gateway : new HashSet<>(known)) {
      if (gateway.incarnation().equals(holders.get(gateway.slot()))) {
        sightings.put(gateway, new Sighting(nowNanos, wallMillis, true));
        continue;
      }
      Sighting last =
          sightings.computeIfAbsent(gateway, g -> new Sighting(nowNanos, wallMillis, false));
      long limit = last.present() ? grace : lease + grace;
      // A beat early rather than late: nobody is to be a ghost for longer than promised.
      if (nowNanos - last.nanos() + beat >= limit) {
        gone.put(gateway, last.wallMillis());
      }
    }
    return gone;
  }
}
