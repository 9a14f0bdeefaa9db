package dev.parley.gateway.limit;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.redis.TestRedis;
import dev.parley.testing.Backends;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two gateways that count a user's sessions on a real Redis; a user may have three.
class RedisUserSessionsIT {
  private final Backends backends = Backends.ofThisProcess();
  private final RoutingKeys keys = new RoutingKeys(backends.keyPrefix() + UUID.randomUUID() + ":");
  private final UUID user = UUID.randomUUID();
  private final Vertx vertx = Vertx.vertx();
  private final Redis redis = Redis.createClient(vertx, backends.redis());
  private final SlotAddress first = new SlotAddress(1, "1-a");
  private final SlotAddress second = new SlotAddress(2, "2-b");
  private final UserSessions one = gateway(first);
  private final UserSessions two = gateway(second);
  private volatile boolean cutOff;

  @BeforeEach
  void hold() throws Exception {
    hold(first);
    hold(second);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void sessionsOnAllGatewaysCountTogether() throws Exception {
    assertTrue(opens(one));
    assertTrue(opens(two));
    assertTrue(opens(one));
    assertFalse(opens(two));
    two.close(user);
    one.close(user);
    await().until(() -> counted(first).equals("1"));
    assertTrue(opens(two));
    assertFalse(opens(one));
  }

  @Test
  void nothingIsKeptOfWhomHasGone() throws Exception {
    opens(one);
    opens(two);
    one.close(user);
    two.close(user);
    await()
        .until(() ->
            call(Request.cmd(Command.EXISTS).arg(keys.sessions(user))).toString().equals("0"));
    assertTrue(opens(one));
    assertEquals("1", counted(first));
  }

  @Test
  void sessionsOfAGatewayThatIsGoneCountNoMore() throws Exception {
    opens(one);
    opens(one);
    opens(one);
    assertFalse(opens(two));
    two.close(user);
    call(Request.cmd(Command.DEL).arg(keys.lease(first.slot())));
    assertTrue(opens(two));
  }

  @Test
  void sessionsOfAnEarlierIncarnationCountNoMore() throws Exception {
    opens(one);
    opens(one);
    opens(one);
    hold(new SlotAddress(1, "3-c"));
    assertTrue(opens(two));
  }

  @Test
  void countsAreRightAgainAfterRedisForgot() throws Exception {
    opens(one);
    opens(one);
    call(Request.cmd(Command.DEL).arg(keys.sessions(user)));
    opens(one);
    assertFalse(opens(two));
  }

  @Test
  void withoutRedisEachCountsForItself() throws Exception {
    opens(one);
    opens(one);
    opens(one);
    cutOff = true;
    UserSessions alone = gateway(second);
    assertTrue(opens(alone));
    assertTrue(opens(alone));
    assertTrue(opens(alone));
    assertFalse(opens(alone));
  }

  private String counted(SlotAddress gateway) throws Exception {
    return String.valueOf(
        call(Request.cmd(Command.HGET).arg(keys.sessions(user)).arg(gateway.toString())));
  }

  private boolean opens(UserSessions gateway) throws Exception {
    return gateway.open(user).toCompletableFuture().get();
  }

  private UserSessions gateway(SlotAddress address) {
    RedisLink link =
        TestRedis.link(TestRedis.unless(() -> cutOff, redis), TestRedis.config(keys.prefix()));
    LimitConfig limits =
        (LimitConfig)
            Proxy.newProxyInstance(
                LimitConfig.class.getClassLoader(),
                new Class<?>[] {LimitConfig.class},
                (proxy, method, args) -> 3);
    return new RedisUserSessions(
        link, () -> Optional.of(address), TestRedis.config(keys.prefix()), limits);
  }

  private void hold(SlotAddress address) throws Exception {
    call(
        Request.cmd(Command.SET)
            .arg(keys.lease(address.slot()))
            .arg(address.incarnation())
            .arg("PX")
            .arg(60_000));
  }

  private Response call(Request request) throws Exception {
    return redis.send(request).toCompletionStage().toCompletableFuture().get();
  }
}
