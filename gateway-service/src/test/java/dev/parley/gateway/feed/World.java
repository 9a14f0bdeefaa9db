package dev.parley.gateway.feed;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.route.Routes;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.TrailRing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// One gateway's fan-out with everything around it played by lists: the log, the records on their
/// way, event loops, timers. Nothing happens by itself; each [#step()] runs one thing that may
/// happen now, chosen by the seed. So a seed is a story that can be told again.
final class World implements LogClient, Routes {
  static final SlotAddress HERE = new SlotAddress(1, "1-here");

  final Random random;
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  final FeedPorts ports;
  final Fanout fanout;
  final LiveSubscriptions subscriptions;
  final List<TestLoop> loops = List.of(new TestLoop(), new TestLoop());
  final Map<UUID, List<String>> logs = new LinkedHashMap<>();
  final Map<UUID, Set<UUID>> members = new HashMap<>();

  /// What everybody may read.
  final Set<UUID> channels = new HashSet<>();

  private final Map<UUID, List<Delivery.Joined>> joins = new HashMap<>();
  final List<Delivery> onTheWay = new ArrayList<>();
  final Set<Route> recorded = new HashSet<>();
  private final List<Runnable> pending = new ArrayList<>();
  private final List<Runnable> timers = new ArrayList<>();

  /// Whether rounds over presence begin when the test says so; nothing else waits for as long then.
  boolean beaten;

  final Queue<Runnable> beats = new ArrayDeque<>();

  /// Whether timers outlast whatever else may happen.
  boolean patient;

  /// Whether what runs stands for another thread than an event loop's.
  boolean foreign;

  double lost;
  double doubled = 0.1;
  double unreadable;
  boolean headsUnreadable;
  int read;

  /// An event loop: what is given to it runs in order.
  static final class TestLoop implements Executor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();

    @Override
    public void execute(Runnable task) {
      tasks.add(task);
    }
  }

  World(long seed) {
    this(seed, NoPresence.CLIENT);
  }

  World(long seed, PresenceClient presence) {
    random = new Random(seed);
    ports =
        FeedPorts.of(
            this,
            presence,
            this,
            this::after,
            new FeedMetrics(metrics),
            new TrailRing(1024),
            Spans.OFF);
    fanout = new Fanout(ports);
    subscriptions = new LiveSubscriptions(ports);
  }

  private void after(Duration delay, Runnable action) {
    if (beaten && delay.equals(PresenceDoubts.BEAT)) {
      beats.add(action);
    } else {
      (patient ? timers : pending).add(action);
    }
  }

  /// A new conversation with these members and one event.
  UUID conversation(UUID... users) {
    UUID id = new UUID(7, logs.size() + 1);
    logs.put(id, new ArrayList<>());
    members.put(id, new HashSet<>(List.of(users)));
    joins.put(id, new ArrayList<>());
    commit(id, "created", users[0], null, null);
    return id;
  }

  long head(UUID conversation) {
    return logs.get(conversation).size();
  }

  void join(UUID conversation, UUID user) {
    if (members.get(conversation).add(user)) {
      joins.get(conversation).add(new Delivery.Joined(conversation, user, head(conversation) + 1));
      commit(conversation, "joined", user, user, null);
    }
  }

  void leave(UUID conversation, UUID user) {
    if (members.get(conversation).remove(user)) {
      joins.get(conversation).removeIf(joined -> joined.member().equals(user));
      commit(conversation, "left", user, user, null);
    }
  }

  /// Commits an event and sends its record, if it is routed here and does not get lost. Returns
  /// whether a record is on its way.
  boolean commit(UUID conversation, String kind, UUID user, UUID member, ReplyAddress reply) {
    List<String> log = logs.get(conversation);
    long seq = log.size() + 1L;
    String json =
        "{\"type\":\"event\",\"event\":\"%s\",\"conversation\":\"%s\",\"seq\":%d%s}"
            .formatted(
                kind, conversation, seq, member == null ? "" : ",\"member\":\"" + member + "\"");
    log.add(json);
    Delivery event =
        new Delivery.Event(
            conversation, seq, 0, kind, user, member, user, reply, JsonText.of(json));
    boolean routed =
        recorded.contains(Route.conversation(conversation))
            || (member != null && recorded.contains(Route.user(member)))
            || reply != null;
    if (!routed || random.nextDouble() < lost) {
      return false;
    }
    onTheWay.add(event);
    if (random.nextDouble() < doubled) {
      onTheWay.add(event);
    }
    return true;
  }

  /// Heads of all and all joins that hold are told, as a message-service does of what changed.
  void tellHeads() {
    onTheWay.add(
        new Delivery.Heads(
            headsNow(logs.keySet()), joins.values().stream().flatMap(List::stream).toList()));
  }

  /// Runs something that may happen now. Returns false if nothing can.
  boolean step() {
    List<Runnable> possible = new ArrayList<>();
    for (TestLoop loop : loops) {
      if (!loop.tasks.isEmpty()) {
        possible.add(() -> loop.tasks.remove().run());
      }
    }
    if (!pending.isEmpty()) {
      possible.add(() -> elsewhere(pending.remove(random.nextInt(pending.size()))));
    }
    if (!onTheWay.isEmpty()) {
      possible.add(() -> elsewhere(this::deliver));
    }
    if (possible.isEmpty() && !timers.isEmpty()) {
      possible.add(() -> elsewhere(timers.removeFirst()));
    }
    if (possible.isEmpty()) {
      return false;
    }
    possible.get(random.nextInt(possible.size())).run();
    return true;
  }

  private void elsewhere(Runnable action) {
    foreign = true;
    try {
      action.run();
    } finally {
      foreign = false;
    }
  }

  private void deliver() {
    List<Delivery> batch = new ArrayList<>();
    int size = 1 + random.nextInt(5);
    while (batch.size() < size && !onTheWay.isEmpty()) {
      // Mostly in order; now and then something overtakes.
      int at = random.nextInt(4) == 0 ? random.nextInt(onTheWay.size()) : 0;
      batch.add(onTheWay.remove(at));
    }
    fanout.accept(batch, HERE);
  }

  /// Runs what the event loops have to do, and nothing else.
  void runLoops() {
    for (TestLoop loop : loops) {
      while (!loop.tasks.isEmpty()) {
        loop.tasks.remove().run();
      }
    }
  }

  /// Runs until nothing is left to happen, then compares all with the log, as after an outage.
  void settle() {
    unreadable = 0;
    for (int round = 0; round < 3; round++) {
      run();
      fanout.compareAll();
      run();
    }
  }

  void run() {
    int steps = 0;
    while (step()) {
      if (++steps > 200_000) {
        throw new AssertionError("it does not come to rest");
      }
    }
  }

  <T> CompletionStage<T> later(Supplier<T> result) {
    CompletableFuture<T> stage = new CompletableFuture<>();
    pending.add(() -> {
      read++;
      try {
        if (random.nextDouble() < unreadable) {
          throw new Refusal(ErrorCode.UNAVAILABLE, "broken");
        }
        T value = result.get();
        pending.add(() -> stage.complete(value));
      } catch (Refusal refusal) {
        pending.add(() -> stage.completeExceptionally(refusal));
      }
    });
    return stage;
  }

  @Override
  public CompletionStage<Memberships> memberships(UUID user, int limit) {
    return later(() -> {
      SequencedMap<UUID, Long> joined = new LinkedHashMap<>();
      for (UUID id : logs.keySet()) {
        if (members.get(id).contains(user)) {
          joined.put(id, joinedAt(id, user));
        }
      }
      return new Memberships(joined, false);
    });
  }

  /// Whether `user` came in with event `seq`.
  boolean joined(UUID conversation, long seq, UUID user) {
    JsonObject event = new JsonObject(logs.get(conversation).get((int) seq - 1));
    return event.getString("event").equals("joined")
        && event.getString("member").equals(user.toString());
  }

  // Who was in it from the start has no event of their own here.
  private long joinedAt(UUID conversation, UUID user) {
    return joins.get(conversation).stream()
        .filter(joined -> joined.member().equals(user))
        .mapToLong(Delivery.Joined::seq)
        .findFirst()
        .orElse(1);
  }

  @Override
  public CompletionStage<Map<UUID, Long>> heads(UUID user, Collection<UUID> conversations) {
    return later(() -> {
      if (headsUnreadable) {
        throw new Refusal(ErrorCode.UNAVAILABLE, "broken");
      }
      return headsNow(conversations.stream().filter(id -> mayRead(id, user)).toList());
    });
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tails(Collection<UUID> conversations) {
    return later(() -> headsNow(conversations));
  }

  private boolean mayRead(UUID conversation, UUID user) {
    return channels.contains(conversation) || members.get(conversation).contains(user);
  }

  private Map<UUID, Long> headsNow(Collection<UUID> conversations) {
    Map<UUID, Long> heads = new HashMap<>();
    conversations.forEach(id -> heads.put(id, head(id)));
    return heads;
  }

  @Override
  public CompletionStage<Page> history(
      UUID user, UUID conversation, OptionalLong after, OptionalLong before, int limit) {
    return later(() -> {
      if (!mayRead(conversation, user)) {
        throw new Refusal(ErrorCode.NOT_FOUND, "no");
      }
      List<String> log = logs.get(conversation);
      int from = (int) Math.min(after.getAsLong(), log.size());
      int to = Math.min(from + Math.min(limit, 7), log.size());
      return new Page(
          log.subList(from, to).stream().map(JsonText::of).toList(),
          from == to ? 0 : from + 1,
          to < log.size(),
          log.size());
    });
  }

  @Override
  public CompletionStage<Page> missed(UUID user, UUID conversation, long after, int limit) {
    return history(user, conversation, OptionalLong.of(after), OptionalLong.empty(), limit);
  }

  @Override
  public CompletionStage<Page> hole(UUID user, UUID conversation, long after, int limit) {
    return missed(user, conversation, after, limit);
  }

  @Override
  public CompletionStage<Void> record(Route route) {
    CompletableFuture<Void> stage = new CompletableFuture<>();
    pending.add(() -> {
      recorded.add(route);
      pending.add(() -> stage.complete(null));
    });
    return stage;
  }

  @Override
  public void release(Route route) {
    // It lingers. Loops alone give anything up.
    assertFalse(foreign, "what is a loop's is changed by another thread");
  }
}
