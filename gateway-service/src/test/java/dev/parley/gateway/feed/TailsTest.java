package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.route.Routes;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.TrailRing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What is subscribed and quiet costs nothing; what has changed is fetched if it did not come.
class TailsTest {
  private static final int SUBSCRIBED = 100_000;

  private final List<Collection<?>> asked = new ArrayList<>();
  private int timers;
  private final FeedPorts ports =
      FeedPorts.of(
          (LogClient)
              Proxy.newProxyInstance(
                  LogClient.class.getClassLoader(),
                  new Class<?>[] {LogClient.class},
                  (proxy, method, args) -> {
                    assertEquals("tails", method.getName());
                    asked.add((Collection<?>) args[0]);
                    return CompletableFuture.completedStage(Map.of());
                  }),
          NoPresence.CLIENT,
          new Routes() {
            @Override
            public CompletionStage<Void> record(Route route) {
              return CompletableFuture.completedStage(null);
            }

            @Override
            public void release(Route route) {}
          },
          (delay, action) -> timers++,
          new FeedMetrics(new SimpleMeterRegistry()),
          new TrailRing(1024),
          Spans.OFF);
  private final Fanout fanout = new Fanout(ports);
  private final LoopFanout loop = ports.loops().of(Runnable::run, ports);

  @Test
  void hundredThousandQuietSubscriptionsAreNotAskedFor() {
    for (int i = 0; i < SUBSCRIBED; i++) {
      var _ = loop.hold(conversation(i)).feed().head(1, new HashSet<>());
    }
    tell(Map.of(conversation(4711), 1L, new UUID(8, 1), 7L));
    assertEquals(0, timers);
    assertEquals(List.of(), asked);

    tell(Map.of(conversation(4711), 2L));
    assertEquals(1, timers, "what is on its way is given time");
    assertEquals(List.of(), asked);

    fanout.compareAll().toCompletableFuture().join();
    assertEquals(SUBSCRIBED, asked.stream().mapToInt(Collection::size).sum());
  }

  private static UUID conversation(int number) {
    return new UUID(7, number);
  }

  private void tell(Map<UUID, Long> heads) {
    var _ = fanout.accept(List.of(new Delivery.Heads(heads, List.of())), World.HERE);
  }
}
