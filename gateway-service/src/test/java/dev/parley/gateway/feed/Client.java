package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.transport.Frame;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;

/// A session with a client behind it that keeps count as the protocol tells clients to, and fails
/// when an event comes twice, out of order, past a gap or unasked.
final class Client implements Recipient {
  final World world;
  final UUID session;
  final UUID user;
  final boolean all;
  final World.TestLoop loop;
  final Map<UUID, Long> positions = new HashMap<>();
  final Map<UUID, Long> memberships = new HashMap<>();
  final List<JsonObject> received = new ArrayList<>();
  final List<String> stories = new ArrayList<>();
  final Set<Long> owed = new HashSet<>();
  final Set<Long> answered = new HashSet<>();
  final Set<UUID> unsubscribed = new HashSet<>();
  boolean connected;
  final Set<UUID> doubted = new HashSet<>();
  boolean refused;
  boolean failing;
  boolean reads = true;

  /// Whether its queue always has room.
  boolean quick;

  private final List<Runnable> unread = new ArrayList<>();
  private final ArrayDeque<Runnable> commands = new ArrayDeque<>();
  private boolean changing;
  private long tickets;

  Client(World world, UUID session, UUID user, boolean all, World.TestLoop loop) {
    this.world = world;
    this.session = session;
    this.user = user;
    this.all = all;
    this.loop = loop;
  }

  /// Connects, and sets out from what it was told.
  Client open(Map<UUID, Long> resume) {
    loop.execute(() ->
        world
            .subscriptions
            .open(this, all, resume)
            .whenComplete((opened, problem) -> {
              if (problem != null) {
                refused = true;
                return;
              }
              connected = true;
              for (Subscriptions.Head head : opened.conversations()) {
                positions.put(
                    head.conversation(), resume.getOrDefault(head.conversation(), head.seq()));
              }
              opened.start().run();
            }));
    return this;
  }

  void subscribe(UUID conversation, OptionalLong after) {
    command(() -> {
      changing = true;
      world
          .subscriptions
          .subscribe(this, conversation, after)
          .whenCompleteAsync(
              (prepared, problem) -> {
                if (problem == null && connected) {
                  positions.put(conversation, after.orElse(prepared.seq()));
                  unsubscribed.remove(conversation);
                  prepared.start().run();
                }
                changing = false;
                next();
              },
              loop);
    });
  }

  void unsubscribe(UUID conversation) {
    command(() -> {
      world.subscriptions.unsubscribe(this, conversation);
      positions.remove(conversation);
      unsubscribed.add(conversation);
    });
  }

  /// Has it done when what was asked before is.
  private void command(Runnable command) {
    loop.execute(() -> {
      commands.add(command);
      next();
    });
  }

  private void next() {
    while (!changing && !commands.isEmpty()) {
      commands.remove().run();
    }
  }

  void disconnect() {
    loop.execute(() -> {
      world.subscriptions.closed(this);
      commands.clear();
      positions.clear();
      connected = false;
    });
  }

  /// Sends a message that is committed at once. Returns whether an answer is on its way.
  boolean send(UUID conversation) {
    long ticket = tickets++;
    owed.add(ticket);
    return world.commit(
        conversation, "message", user, null, new ReplyAddress(World.HERE, session, ticket));
  }

  @Override
  public UUID session() {
    return session;
  }

  @Override
  public UUID user() {
    return user;
  }

  @Override
  public Executor loop() {
    return loop;
  }

  @Override
  public boolean subscribesAll() {
    return all;
  }

  @Override
  public void whenDrained(Runnable action) {
    if (!reads) {
      unread.add(action);
    } else if (quick || world.random.nextBoolean()) {
      action.run();
    } else {
      loop.execute(action);
    }
  }

  /// Its queue is drained after all.
  void readOn() {
    loop.execute(() -> {
      reads = true;
      List<Runnable> waited = List.copyOf(unread);
      unread.clear();
      waited.forEach(Runnable::run);
    });
  }

  @Override
  public OptionalLong settle(long ticket) {
    return owed.remove(ticket) ? OptionalLong.of(ticket) : OptionalLong.empty();
  }

  @Override
  public void doubt(Set<UUID> users) {
    doubted.addAll(users);
  }

  @Override
  public void close(CloseCode code, String reason) {
    disconnect();
  }

  @Override
  public void send(Frame frame) {
    assertFalse(world.foreign, "a session is written to by another thread than its loop's");
    if (failing) {
      throw new IllegalStateException("failing");
    }
    JsonObject json = new JsonObject(frame.json().toString());
    received.add(json);
    stories.add(json.encode());
    if (json.getString("type").equals("presence")) {
      return;
    }
    UUID conversation = UUID.fromString(json.getString("conversation"));
    switch (json.getString("type")) {
      case "event" -> next(conversation, json.getLong("seq"));
      case "sent" -> {
        assertTrue(answered.add(json.getLong("id")), () -> "answered twice: " + json);
        Long position = positions.get(conversation);
        if (position != null && position + 1 == json.getLong("seq")) {
          positions.put(conversation, position + 1);
        } else if (position != null && !json.getBoolean("repeated", false)) {
          assertTrue(json.getLong("seq") <= position, () -> "before its place: " + json + stories);
        }
      }
      case "behind" -> {
        if (json.getBoolean("reset", false)) {
          assertEquals(1, json.getLong("from"));
        } else {
          assertEquals(
              positions.get(conversation) + 1,
              json.getLong("from"),
              () -> "behind of " + conversation + " after " + stories);
        }
        positions.put(conversation, json.getLong("to"));
      }
      case "joined" -> {
        membership(conversation, json.getLong("seq"));
        assertTrue(
            world.joined(conversation, json.getLong("seq"), user),
            () -> "no such join: " + json + " of " + user + " in " + world.logs.get(conversation));
        if (all) {
          positions.putIfAbsent(conversation, json.getLong("seq"));
          unsubscribed.remove(conversation);
        }
      }
      case "left" -> left(conversation, json.getLong("seq"));
      case "typing" -> {}
      default -> throw new AssertionError("what is this? " + json);
    }
  }

  /// What was received so far, briefly: type and number.
  List<String> told() {
    return received.stream().map(Client::brief).toList();
  }

  private static String brief(JsonObject json) {
    return json.getString("type")
        + " "
        + (json.containsKey("from")
            ? json.getLong("from") + "-" + json.getLong("to")
            : json.getLong("seq"));
  }

  /// Of two notices the one with the higher number wins, so none may come after a higher one.
  private void membership(UUID conversation, Long seq) {
    if (seq != null) {
      Long before = memberships.put(conversation, seq);
      assertTrue(
          before == null || before < seq,
          () -> "%d of %s after %d; %s".formatted(seq, conversation, before, stories));
    }
  }

  private void left(UUID conversation, Long seq) {
    membership(conversation, seq);
    Long position = positions.remove(conversation);
    if (seq != null && position != null) {
      assertEquals(position + 1, seq, () -> "left " + conversation + " after " + stories);
    }
  }

  private void next(UUID conversation, long seq) {
    Long position = positions.get(conversation);
    assertNotNull(
        position, () -> "event %d of %s came unasked; %s".formatted(seq, conversation, stories));
    assertEquals(position + 1, seq, () -> "of " + conversation + " after " + stories);
    positions.put(conversation, seq);
  }
}
