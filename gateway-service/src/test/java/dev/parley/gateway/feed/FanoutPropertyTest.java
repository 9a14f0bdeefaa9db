package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/// Law 5: whatever the order in which things happen, whatever comes twice or not at all, each
/// session sees each subscribed conversation in order, once, without gaps.
class FanoutPropertyTest {
  private static final int STEPS = 400;

  @Property(tries = 1000)
  void everySessionSeesEveryConversationInOrderOnceWithoutGaps(@ForAll long seed) {
    Story story = new Story(seed);
    story.play();
    story.end();
  }

  @Property(tries = 1000)
  void lostRecordsAreFoundByComparingHeads(@ForAll long seed) {
    Story story = new Story(seed);
    story.world.lost = 0.2;
    story.play();
    story.end();
  }

  /// What is lost is found by what the message-services tell of their own accord: events by heads,
  /// and conversations that somebody joined by joins.
  @Property(tries = 1000)
  void lostRecordsAreFoundByHeadsAndJoinsThatAreTold(@ForAll long seed) {
    Story story = new Story(seed);
    story.world.lost = 0.3;
    story.play();
    story.world.lost = 0;
    for (int i = 0; i < 3; i++) {
      story.world.run();
      story.world.tellHeads();
    }
    story.world.run();
    story.check();
    story.clients.stream()
        .filter(client -> client.connected && client.all)
        .forEach(client ->
            assertEquals(
                story.conversationsOf(client),
                client.positions.keySet(),
                () -> "of " + client.user + " after " + client.stories));
  }

  @Property(tries = 1000)
  void aLogThatFailsNowAndThenOnlyDelays(@ForAll long seed) {
    Story story = new Story(seed);
    story.world.unreadable = 0.3;
    story.play();
    story.end();
  }

  /// Someone joins, says something at once and leaves, in every order in which that can be seen:
  /// the client fails when it is told that it missed what it was answered.
  @Property(tries = 1000)
  void whatIsAnsweredAsASubscriptionEndsIsNotMissed(@ForAll long seed) {
    World world = new World(seed);
    UUID anna = new UUID(1, 1);
    UUID conversation = world.conversation(new UUID(1, 2));
    Client client = new Client(world, new UUID(2, 1), anna, true, world.loops.getFirst());
    client.open(Map.of());
    world.run();
    world.join(conversation, anna);
    int sent = 1 + world.random.nextInt(3);
    for (int i = 0; i < sent; i++) {
      some(world);
      client.send(conversation);
    }
    some(world);
    world.leave(conversation, anna);
    world.run();
    assertEquals(sent, client.answered.size(), () -> "" + client.stories);
  }

  private static void some(World world) {
    for (int steps = world.random.nextInt(12); steps > 0 && world.step(); ) {
      steps--;
    }
  }

  static final class Story {
    final World world;
    final List<UUID> users = List.of(new UUID(1, 1), new UUID(1, 2), new UUID(1, 3));
    final List<UUID> conversations = new ArrayList<>();
    final List<Client> clients = new ArrayList<>();
    final Map<Client, Integer> answers = new HashMap<>();

    Story(long seed) {
      world = new World(seed);
      conversations.add(world.conversation(users.get(0), users.get(1), users.get(2)));
      conversations.add(world.conversation(users.get(0), users.get(1)));
      conversations.add(world.conversation(users.get(1), users.get(2)));
    }

    void play() {
      play(STEPS);
    }

    void play(int steps) {
      for (int i = 0; i < steps; i++) {
        if (world.random.nextInt(3) == 0) {
          act();
        } else {
          world.step();
        }
      }
    }

    private void act() {
      UUID user = users.get(world.random.nextInt(users.size()));
      UUID conversation = conversations.get(world.random.nextInt(conversations.size()));
      Client client = clients.isEmpty() ? null : clients.get(world.random.nextInt(clients.size()));
      int what = world.random.nextInt(20);
      if (what < 8) {
        world.commit(conversation, "message", user, null, null);
      } else if (client == null || (what < 10 && clients.size() < 6)) {
        open(user);
      } else if (what < 13 && client.connected) {
        if (world.members.get(conversation).contains(client.user) && client.send(conversation)) {
          answers.merge(client, 1, Integer::sum);
        }
      } else if (what < 15 && client.connected) {
        OptionalLong after =
            world.random.nextBoolean()
                ? OptionalLong.empty()
                : OptionalLong.of(world.random.nextInt((int) world.head(conversation) + 1));
        client.subscribe(conversation, after);
      } else if (what == 15 && client.connected) {
        client.unsubscribe(conversation);
      } else if (what == 16) {
        world.leave(conversation, user);
      } else if (what == 17) {
        world.join(conversation, user);
      } else if (what == 18 && client.connected) {
        client.disconnect();
        clients.remove(client);
        answers.remove(client);
      } else if (what == 19) {
        world.tellHeads();
      }
    }

    private void open(UUID user) {
      Map<UUID, Long> resume = new HashMap<>();
      for (UUID conversation : conversations) {
        if (world.random.nextInt(3) == 0) {
          resume.put(conversation, (long) world.random.nextInt((int) world.head(conversation) + 2));
        }
      }
      Client client =
          new Client(
              world,
              new UUID(2, clients.size() + world.random.nextInt(1 << 30)),
              user,
              world.random.nextBoolean(),
              world.loops.get(world.random.nextInt(2)));
      clients.add(client.open(resume));
    }

    void end() {
      world.settle();
      check();
    }

    /// Those whose member the client's user is, and which it did not unsubscribe itself.
    Set<UUID> conversationsOf(Client client) {
      return conversations.stream()
          .filter(id -> world.members.get(id).contains(client.user))
          .filter(id -> !client.unsubscribed.contains(id))
          .collect(Collectors.toSet());
    }

    void check() {
      for (Client client : clients) {
        client.positions.forEach((conversation, position) -> {
          assertEquals(
              world.head(conversation),
              position,
              () -> "the tail of " + conversation + " is missing after " + client.stories);
          assertTrue(world.members.get(conversation).contains(client.user));
        });
        if (client.connected) {
          assertEquals(
              answers.getOrDefault(client, 0), client.answered.size(), () -> "" + client.stories);
        }
      }
      world.ports.feeds().all().forEach(feed -> assertEquals(0, feed.waiting()));
    }
  }
}
