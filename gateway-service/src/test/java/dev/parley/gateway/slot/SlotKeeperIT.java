package dev.parley.gateway.slot;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.route.Slot;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class SlotKeeperIT {
  @Inject Slot slot;

  @Inject Redis redis;

  @Inject RedisConfig config;

  @Test
  void slotThatAnotherTookIsGivenUpAndAnotherOneIsClaimed() throws Exception {
    SlotAddress held = claimed();
    String key = new RoutingKeys(config.keyPrefix().orElse("")).lease(held.slot());
    redis
        .send(Request.cmd(Command.SET).arg(key).arg("99-another").arg("PX").arg(60_000))
        .toCompletionStage()
        .toCompletableFuture()
        .get();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> slot.address().filter(now -> !now.equals(held)).isPresent());
    assertEquals(
        "99-another",
        redis
            .send(Request.cmd(Command.GET).arg(key))
            .toCompletionStage()
            .toCompletableFuture()
            .get()
            .toString());
  }

  @Test
  void leaseThatWasWipedIsTakenAgainUnderTheSameIncarnation() throws Exception {
    SlotAddress held = claimed();
    String key = new RoutingKeys(config.keyPrefix().orElse("")).lease(held.slot());
    redis.send(Request.cmd(Command.DEL).arg(key)).toCompletionStage().toCompletableFuture().get();
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() ->
            held.incarnation()
                .equals(
                    String.valueOf(
                        redis
                            .send(Request.cmd(Command.GET).arg(key))
                            .toCompletionStage()
                            .toCompletableFuture()
                            .get())));
    assertEquals(held, slot.address().orElseThrow());
  }

  private SlotAddress claimed() {
    await().atMost(Duration.ofSeconds(60)).until(() -> slot.address().isPresent());
    return slot.address().orElseThrow();
  }
}
