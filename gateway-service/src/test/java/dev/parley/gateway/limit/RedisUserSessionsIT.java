package dev.parley.gateway.limit;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.redis.RedisLink;
import dev.parley.gateway.redis.TestRedis;
import dev.parley.gateway.route.SlotChange;
import dev.parley.testing.Backends;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
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
  private final List<RedisLink> links = new ArrayList<>();
  private final RedisUserSessions one = gateway(first);
  private final RedisUserSessions two = gateway(second);
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

  @Test
  void sessionsThatEndWhileRedisIsAwayCountNoMoreOnceItIsBack() throws Exception {
    UUID another = UUID.randomUUID();
    opens(one);
    opens(one);
    opens(one);
    one.open(another).toCompletableFuture().get();
    one.open(another).toCompletableFuture().get();
    cutOff = true;
    links.forEach(TestRedis::breakConnection);
    one.close(user);
    one.close(user);
    one.close(user);
    one.close(another);
    cutOff = false;
    assertFalse(opens(two));
    two.close(user);
    one.slotChanged(new SlotChange.Recovered(first));
    await().until(() -> counted(first).equals("null"));
    assertTrue(opens(two));
    await().until(() -> counted(another, first).equals("1"));
  }

  @Test
  void countsAreWrittenAgainAfterAnOutageHoweverMany() throws Exception {
    List<UUID> users = Stream.generate(UUID::randomUUID).limit(1_000).toList();
    for (UUID each : users) {
      one.open(each).toCompletableFuture().get();
    }
    Request forget = Request.cmd(Command.DEL);
    users.forEach(each -> forget.arg(keys.sessions(each)));
    assertEquals(users.size(), call(forget).toInteger());
    one.slotChanged(new SlotChange.Recovered(first));
    await().until(() -> allCountedOnce(users));
  }

  private boolean allCountedOnce(List<UUID> users) throws Exception {
    for (UUID each : users) {
      if (!counted(each, first).equals("1")) {
        return false;
      }
    }
    return true;
  }

  private String counted(SlotAddress gateway) throws Exception {
    return counted(user, gateway);
  }

  private String counted(UUID whose, SlotAddress gateway) throws Exception {
    return String.valueOf(
        call(Request.cmd(Command.HGET).arg(keys.sessions(whose)).arg(gateway.toString())));
  }

  private boolean opens(UserSessions gateway) throws Exception {
    return gateway.open(user).toCompletableFuture().get();
  }

  private RedisUserSessions gateway(SlotAddress address) {
    RedisLink link =
        TestRedis.link(TestRedis.unless(() -> cutOff, redis), TestRedis.config(keys.prefix()));
    links.add(link);
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
