package dev.parley.messages.ingest;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.parley.contracts.Role;
import dev.parley.contracts.Topics;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.messages.probe.KafkaProbe;
import dev.parley.messages.probe.Rows;
import dev.parley.messages.probe.Sends;
import dev.parley.testing.ParleyBackends;
import io.quarkus.redis.datasource.RedisDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Where the pipeline sends what, by what gateways have written to Redis.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class RoutesIT {
  private static final SlotAddress SENDERS = Sends.address().gateway();
  private static final SlotAddress INTERESTED = new SlotAddress(11, "3-interested");
  private static final SlotAddress STALE = new SlotAddress(SENDERS.slot(), "2-before");

  @Inject DataSource dataSource;
  @Inject Topics topics;
  @Inject RedisDataSource redis;

  @ConfigProperty(name = "kafka.bootstrap.servers")
  String kafka;

  @ConfigProperty(name = "parley.redis.key-prefix")
  String prefix;

  private RoutingKeys keys;
  private KafkaProbe probe;
  private UUID conversation;
  private final UUID user = UUID.randomUUID();

  @BeforeEach
  void twoGateways() throws Exception {
    keys = new RoutingKeys(prefix);
    probe = new KafkaProbe(kafka, topics);
    conversation = new Rows(dataSource).group(user, Role.MEMBER);
    redis.value(String.class).set(keys.complete(), "1");
    for (SlotAddress gateway : List.of(SENDERS, INTERESTED)) {
      redis.value(String.class).set(keys.lease(gateway.slot()), gateway.incarnation());
    }
  }

  @AfterEach
  void noGateways() {
    redis
        .key(String.class)
        .del(keys.complete(), keys.lease(SENDERS.slot()), keys.lease(INTERESTED.slot()));
    probe.close();
  }

  @Test
  void eventGoesToTheInterestedAndToTheSender() throws Exception {
    interest(INTERESTED);
    Command send = send();
    assertEquals(send.request(), event(INTERESTED.slot()).message());
    assertEquals(send.reply(), event(SENDERS.slot()).reply());
    assertEquals(0, probe.poll(topics.deliveries().name(), Topics.BROADCAST));
  }

  @Test
  void memberOfAnEarlierIncarnationIsRemovedAndNoOther() throws Exception {
    interest(INTERESTED);
    interest(STALE);
    send();
    event(INTERESTED.slot());
    String route = keys.route(Route.conversation(conversation));
    await()
        .until(
            () -> redis.set(String.class).smembers(route),
            members -> members.size() == 1 && members.contains(INTERESTED.toString()));
  }

  @Test
  void withoutTheMarkerEverythingIsBroadcast() throws Exception {
    interest(INTERESTED);
    redis.key(String.class).del(keys.complete());
    Command send = send();
    assertEquals(send.request(), event(Topics.BROADCAST).message());
    assertEquals(0, probe.poll(topics.deliveries().name(), INTERESTED.slot()));
  }

  private void interest(SlotAddress gateway) {
    redis.set(String.class).sadd(keys.route(Route.conversation(conversation)), gateway.toString());
  }

  private Command send() throws Exception {
    Command.Send send = Sends.by(user, conversation, UUID.randomUUID());
    probe.send(send);
    return send;
  }

  private Delivery.Event event(int partition) throws Exception {
    return assertInstanceOf(Delivery.Event.class, probe.deliveries(partition, 1).getFirst());
  }
}
