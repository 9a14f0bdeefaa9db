package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.route.Routes;
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

/// The slow beat costs what has changed lately, not what is subscribed.
class TailsTest {
  private static final int SUBSCRIBED = 100_000;

  private final List<Collection<?>> asked = new ArrayList<>();
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
          new Routes() {
            @Override
            public CompletionStage<Void> record(Route route) {
              return CompletableFuture.completedStage(null);
            }

            @Override
            public void release(Route route) {}
          },
          (delay, action) -> {},
          new FeedMetrics(new SimpleMeterRegistry()));
  private final Fanout fanout = new Fanout(ports);
  private final LoopFanout loop = ports.loops().of(Runnable::run, ports);

  @Test
  void hundredThousandQuietSubscriptionsAreNotAskedFor() {
    for (int i = 0; i < SUBSCRIBED; i++) {
      var _ = loop.hold(new UUID(7, i)).feed().head(1, new HashSet<>());
    }
    fanout.compareHeads(false).toCompletableFuture().join();
    assertEquals(List.of(), asked);

    UUID changed = new UUID(7, 4711);
    UUID user = UUID.randomUUID();
    JsonText json = JsonText.of("{\"type\":\"event\",\"event\":\"message\",\"seq\":2}");
    fanout.accept(
        List.of(new Delivery.Event(changed, 2, 0, "message", user, null, user, null, json)),
        World.HERE);
    fanout.compareHeads(false).toCompletableFuture().join();
    assertEquals(List.of(List.of(changed)), asked);

    fanout.compareHeads(true).toCompletableFuture().join();
    assertEquals(SUBSCRIBED + 1, asked.stream().mapToInt(Collection::size).sum());
  }
}
