package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Refusal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What watchers show heals after an outage, whatever comes between.
class PresenceDoubtsTest implements PresenceClient {
  private static final UUID ANNA = new UUID(1, 1);
  private static final UUID BEN = new UUID(1, 2);
  private static final UUID CARL = new UUID(1, 3);

  private final Map<UUID, String> truth = new TreeMap<>(Map.of(BEN, "online", CARL, "offline"));
  private final List<Set<UUID>> asked = new ArrayList<>();
  private final Queue<Delivery> told = new ArrayDeque<>();
  private World world = world(1);
  private int sessions;
  private boolean silent;
  private boolean away;
  private boolean cutOff;

  @Test
  void whoWasUnknownForWantOfKnowledgeIsToldOnceItIsThere() {
    Client anna = open(ANNA);
    Client annaElsewhere = open(ANNA);
    away = true;
    watch(anna, BEN, CARL);
    watch(annaElsewhere, BEN);
    round();
    round();
    assertEquals(List.of(), anna.stories);
    away = false;
    silent = true;
    round();
    assertEquals(List.of(), anna.stories);
    silent = false;
    round();
    assertEquals(Set.of(push(BEN), push(CARL)), Set.copyOf(anna.stories));
    assertEquals(2, anna.stories.size());
    assertEquals(List.of(push(BEN)), annaElsewhere.stories);
    assertEquals(4, asked.size(), "one question for all sessions each time");
    assertTrue(world.beats.isEmpty(), "nothing is asked when nobody is doubted");
  }

  @Test
  void afterTroubleOnlyWhatIsDifferentIsTold() {
    Client anna = open(ANNA);
    watch(anna, BEN, CARL);
    change(BEN, "busy");
    deliver();
    cutOff = true;
    change(CARL, "away");
    cutOff = false;
    anna.stories.clear();
    world.ports.doubts().doubtAll();
    world.run();
    round();
    assertEquals(List.of(push(CARL)), anna.stories);
    assertTrue(world.beats.isEmpty());
  }

  @Test
  void whoeverIsWatchedNoMoreIsNotAskedFor() {
    Client anna = open(ANNA);
    away = true;
    watch(anna, BEN, CARL);
    anna.loop.execute(() -> world.subscriptions.unwatch(anna, List.of(BEN)));
    world.run();
    round();
    assertEquals(List.of(Set.of(CARL)), asked);
    anna.disconnect();
    world.run();
    round();
    assertEquals(1, asked.size());
    assertTrue(world.beats.isEmpty());
  }

  @Test
  void manyAreAskedForPieceByPieceAndOneThatIsAwayOnce() {
    Client anna = open(ANNA);
    UUID[] many = new UUID[2 * PresenceDoubts.MOST + 1];
    for (int i = 0; i < many.length; i++) {
      many[i] = new UUID(3, i);
      truth.put(many[i], "online");
    }
    away = true;
    watch(anna, many);
    round();
    assertEquals(1, asked.size());
    away = false;
    asked.clear();
    round();
    assertEquals(3, asked.size());
    assertEquals(many.length, anna.stories.size());
  }

  /// In any order of reads, pushes and watching: once there is peace, everybody shows what is so.
  @Test
  void whateverComesBetweenEverybodyShowsWhatIsSoInTheEnd() {
    for (int seed = 0; seed < 2_000; seed++) {
      world = world(seed);
      told.clear();
      List<Client> clients = List.of(open(ANNA), open(ANNA), open(BEN));
      Map<Client, Map<UUID, String>> shows = new HashMap<>();
      clients.forEach(client -> shows.put(client, new TreeMap<>()));
      for (int i = 0; i < 120; i++) {
        anything(clients, shows);
      }
      away = false;
      silent = false;
      deliver();
      world.run();
      if (cutOff) {
        cutOff = false;
        world.ports.doubts().doubtAll();
      }
      for (int i = 0; i < 3; i++) {
        world.run();
        round();
      }
      for (Client client : clients) {
        Map<UUID, String> due = new TreeMap<>(truth);
        due.keySet().retainAll(shows.get(client).keySet());
        assertEquals(due, shown(client, shows.get(client)), "seed " + seed);
      }
      assertTrue(world.beats.isEmpty(), "seed " + seed);
    }
  }

  private void anything(List<Client> clients, Map<Client, Map<UUID, String>> shows) {
    UUID user = world.random.nextBoolean() ? BEN : CARL;
    switch (world.random.nextInt(24)) {
      case 0 -> silent = !silent;
      case 1 -> away = !away;
      case 2 -> {
        if (cutOff) {
          deliver();
          cutOff = false;
          world.ports.doubts().doubtAll();
        } else {
          cutOff = true;
        }
      }
      case 3, 4 -> change(user, List.of("online", "away", "busy").get(world.random.nextInt(3)));
      case 5, 6 -> {
        Client client = clients.get(world.random.nextInt(3));
        begin(client, List.of(user), shows.get(client));
      }
      case 7, 8 -> {
        if (!told.isEmpty()) {
          world.fanout.accept(List.of(told.remove()), World.HERE);
        }
      }
      case 9, 10 -> {
        if (!world.beats.isEmpty()) {
          world.beats.remove().run();
        }
      }
      default -> {
        var _ = world.step();
      }
    }
  }

  private static Map<UUID, String> shown(Client client, Map<UUID, String> shows) {
    for (JsonObject push : client.received) {
      shows.put(UUID.fromString(push.getString("user")), push.getString("status"));
    }
    return shows;
  }

  private World world(long seed) {
    World world = new World(seed, this);
    world.beaten = true;
    return world;
  }

  private Client open(UUID user) {
    Client client =
        new Client(world, new UUID(2, ++sessions), user, false, world.loops.get(sessions % 2));
    client.open(Map.of());
    world.run();
    return client;
  }

  private void watch(Client client, UUID... users) {
    begin(client, List.of(users), new HashMap<>());
    world.run();
  }

  // As a session does it: what is answered counts as shown, and what was pushed before does not.
  private void begin(Client client, List<UUID> users, Map<UUID, String> shows) {
    client.loop.execute(() -> {
      world.subscriptions.holdPresence(client);
      var _ =
          world
              .subscriptions
              .watch(client, users)
              .thenCompose(recorded -> statuses(client.user(), Set.copyOf(users)))
              .whenCompleteAsync(
                  (known, problem) -> {
                    shown(client, shows);
                    client.received.clear();
                    users.forEach(user ->
                        shows.put(user, known.containsKey(user) ? status(known, user) : "unknown"));
                    world.subscriptions.tellPresence(client, users, known);
                  },
                  client.loop);
    });
  }

  private static String status(Map<UUID, Shown> known, UUID user) {
    return new JsonObject(known.get(user).json().toString()).getString("status");
  }

  private void change(UUID user, String status) {
    truth.put(user, status);
    if (!cutOff && world.recorded.contains(Route.presence(user))) {
      told.add(new Delivery.Push(Route.presence(user), null, null, JsonText.of(push(user))));
    }
  }

  private void deliver() {
    world.fanout.accept(List.copyOf(told), World.HERE);
    told.clear();
    world.run();
  }

  private void round() {
    if (!world.beats.isEmpty()) {
      world.beats.remove().run();
      world.run();
    }
  }

  private String push(UUID user) {
    return "{\"type\":\"presence\"," + json(user).substring(1);
  }

  private String json(UUID user) {
    return "{\"user\":\"%s\",\"status\":\"%s\"}".formatted(user, truth.get(user));
  }

  @Override
  public CompletionStage<Set<UUID>> related(UUID user, List<UUID> others) {
    throw new AssertionError("that is looked at before");
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(UUID user, Set<UUID> users) {
    return world.later(() -> away ? Map.of() : shown(users));
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(Set<UUID> users) {
    asked.add(users);
    return world.later(() -> {
      if (away) {
        throw new Refusal(ErrorCode.UNAVAILABLE, "away");
      }
      return shown(users);
    });
  }

  private Map<UUID, Shown> shown(Set<UUID> users) {
    Map<UUID, Shown> shown = new HashMap<>();
    if (!silent) {
      for (UUID user : users) {
        JsonText json = JsonText.of(json(user));
        shown.put(user, new Shown(json, Shown.mark(json)));
      }
    }
    return shown;
  }
}
