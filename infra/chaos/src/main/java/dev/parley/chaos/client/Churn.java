package dev.parley.chaos.client;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// Lets guests come and go: one of them at a time is added, removed, or leaves. On one thread.
public final class Churn {
  private static final long REST_MICROS = 15_000_000;

  private final List<Crowd.Churning> groups;
  private final Random random;
  private final Map<String, Long> changed = new HashMap<>();
  private final Map<String, Boolean> present = new HashMap<>();

  public Churn(List<Crowd.Churning> groups, long seed) {
    this.groups = groups.stream().filter(group -> !group.guests().isEmpty()).toList();
    this.random = new Random(seed);
  }

  /// Asks for one more change, unless the guest that chance chose has just had one.
  ///
  /// @param now microseconds since the run began
  public void next(long now) {
    if (groups.isEmpty()) {
      return;
    }
    Crowd.Churning group = groups.get(random.nextInt(groups.size()));
    List<UUID> guests = new ArrayList<>(group.guests().keySet());
    guests.sort(null);
    UUID guest = guests.get(random.nextInt(guests.size()));
    String key = group.conversation() + " " + guest;
    Long before = changed.get(key);
    if (before != null && now - before < REST_MICROS) {
      return;
    }
    changed.put(key, now);
    boolean here = present.getOrDefault(key, false);
    present.put(key, !here);
    if (!here) {
      group.owner().change(Command.add(group.conversation(), guest));
    } else if (random.nextInt(3) > 0) {
      group.owner().change(Command.remove(group.conversation(), guest));
    } else {
      Device leaving = group.guests().get(guest);
      if (leaving != null) {
        leaving.change(Command.leave(group.conversation(), guest));
      }
    }
  }
}
