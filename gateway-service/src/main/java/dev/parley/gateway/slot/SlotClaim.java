package dev.parley.gateway.slot;

import dev.parley.contracts.Topics;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisLink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Claims slots for one gateway, life after life. Confined to the slot's thread, which may block.
final class SlotClaim {
  private static final Logger LOG = Logger.getLogger(SlotClaim.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final RedisLink redis;
  private final RoutingKeys keys;
  private final Duration lease;
  private int preferred;
  private volatile @Nullable String problem;

  SlotClaim(RedisLink redis, RoutingKeys keys, Duration lease) {
    this.redis = redis;
    this.keys = keys;
    this.lease = lease;
  }

  /// Why none could be had when that was last tried, null if one could. Any thread.
  @Nullable String problem() {
    return problem;
  }

  /// A slot, as soon as one can be had.
  SlotAddress next() throws InterruptedException {
    for (boolean told = false; ; told = true) {
      try {
        Optional<SlotAddress> claimed =
            redis
                .send(ClaimSlot.request(keys, order(), SlotHold.random(), lease.toMillis()))
                .toCompletableFuture()
                .get(lease.toMillis(), TimeUnit.MILLISECONDS)
                .map(ClaimSlot::result);
        if (claimed.isPresent()) {
          problem = null;
          preferred = claimed.get().slot();
          return claimed.get();
        }
        problem = "all %d slots are held".formatted(Topics.SLOTS);
      } catch (ExecutionException | TimeoutException e) {
        problem = "Redis cannot be reached";
      }
      if (!told) {
        LOG.warnf("No slot can be claimed (%s); trying until one can", problem);
      }
      Thread.sleep(AGAIN);
    }
  }

  // The slot held before comes first; the others in random order, so that gateways that start at
  // once do not queue for the same ones.
  private List<Integer> order() {
    List<Integer> slots = new ArrayList<>(Topics.SLOTS);
    for (int slot = 1; slot <= Topics.SLOTS; slot++) {
      slots.add(slot);
    }
    Collections.shuffle(slots);
    if (slots.remove(Integer.valueOf(preferred))) {
      slots.addFirst(preferred);
    }
    return slots;
  }
}
