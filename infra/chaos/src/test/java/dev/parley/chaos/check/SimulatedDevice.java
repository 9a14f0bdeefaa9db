package dev.parley.chaos.check;

import dev.parley.chaos.check.SimulatedServer.Attempt;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.Line;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A client of [SimulatedServer] with its session, that writes everything down.
final class SimulatedDevice {
  private static final long MOST_MISSED = 12;

  final SimulatedServer server;
  final UUID user;
  final String name;
  final List<Line> lines = new ArrayList<>();
  final Map<UUID, Long> positions = new LinkedHashMap<>();
  final Set<UUID> subscribed = new HashSet<>();
  final Map<UUID, Long> resumedTo = new HashMap<>();
  final Deque<Attempt> inbox = new ArrayDeque<>();
  final Deque<Logged> joined = new ArrayDeque<>();
  // Messages without a last word, by their last attempt; whether that is still under way.
  final Map<UUID, Wish.Send> unsettled = new LinkedHashMap<>();
  // Those that were acknowledged.
  final Map<UUID, Wish.Send> settled = new LinkedHashMap<>();
  private final Map<UUID, Integer> owed = new HashMap<>();
  private final Deque<Push.Behind> holes = new ArrayDeque<>();
  boolean connected;
  int connection;

  SimulatedDevice(SimulatedServer server, UUID user, String name) {
    this.server = server;
    this.user = user;
    this.name = name;
    write(new Entry.Device(user, name));
  }

  void write(Entry entry) {
    lines.add(new Line(server.tick(), entry));
  }

  void connect() {
    connection++;
    write(new Link.Connect(true, Map.copyOf(positions)));
    connected = true;
    joined.clear();
    List<Link.Head> heads = new ArrayList<>();
    List<UUID> gone = new ArrayList<>();
    List<Push.Behind> behind = new ArrayList<>();
    for (UUID conversation : server.logs.keySet()) {
      long head = server.head(conversation);
      if (server.member(conversation, user)) {
        heads.add(new Link.Head(conversation, head));
        subscribed.add(conversation);
        resumedTo.put(conversation, head);
        long had = positions.computeIfAbsent(conversation, key -> head);
        if (head - had > MOST_MISSED) {
          behind.add(new Push.Behind(conversation, had + 1, head, false));
        }
      } else if (positions.containsKey(conversation)) {
        gone.add(conversation);
      }
    }
    write(new Link.Connected(server.uuid(), heads));
    for (UUID conversation : gone) {
      write(new Push.Left(conversation, null));
      positions.remove(conversation);
    }
    for (Push.Behind push : behind) {
      write(push);
      positions.put(push.conversation(), push.to());
      holes.add(push);
    }
  }

  /// Ends the connection; what was sent and not handled is lost, or comes late.
  void cut(boolean lost) {
    write(server.random.nextBoolean() ? new Link.Cut() : new Link.Closed(1006, null));
    connected = false;
    subscribed.clear();
    owed.clear();
    if (!lost) {
      server.late.addAll(inbox);
    }
    inbox.clear();
  }

  /// Sends a message; it has not arrived yet.
  UUID send(UUID conversation) {
    return send(
        new Wish.Send(conversation, server.uuid(), 1, Via.SOCKET, server.random.nextLong(), 20));
  }

  /// Sends again what has no last word.
  void repeat(UUID id) {
    Wish.Send before = unsettled.get(id);
    send(
        new Wish.Send(
            before.conversation(),
            id,
            before.attempt() + 1,
            Via.SOCKET,
            before.hash(),
            before.bytes()));
  }

  /// Sends again what was acknowledged.
  void again(UUID id) {
    unsettled.put(id, settled.remove(id));
    repeat(id);
  }

  private UUID send(Wish.Send wish) {
    write(wish);
    unsettled.put(wish.id(), wish);
    inbox.add(new Attempt(this, connection, wish));
    return wish.id();
  }

  /// Sends over REST and gets the answer.
  UUID post(UUID conversation, boolean answered) {
    UUID id = server.uuid();
    long hash = server.random.nextLong();
    write(new Wish.Send(conversation, id, 1, Via.REST, hash, 20));
    Logged row = server.message(conversation, user, id, hash);
    write(
        answered
            ? new Answer.Sent(conversation, id, 1, Via.REST, row.seq(), false, row.time())
            : new Answer.Unknown(id, 1, Via.REST, "reset"));
    return id;
  }

  boolean underWay(UUID id) {
    return owed.containsKey(id)
        || inbox.stream().anyMatch(attempt -> attempt.wish().id().equals(id));
  }

  /// Has the server handle what came from here, and gets all that there is to get.
  void settle() {
    while (!inbox.isEmpty()) {
      server.process(inbox.poll());
    }
    while (pump()) {
      // On to the next.
    }
  }

  void owe(Logged row, int attempt) {
    if (subscribed.contains(row.conversation())) {
      owed.put(row.id(), attempt);
    } else {
      reply(row, attempt, false);
    }
  }

  void reply(Logged row, int attempt, boolean repeated) {
    Wish.Send wish = unsettled.remove(row.id());
    if (wish != null) {
      settled.put(row.id(), wish);
    }
    UUID conversation = row.conversation();
    write(
        new Answer.Sent(
            conversation, row.id(), attempt, Via.SOCKET, row.seq(), repeated, row.time()));
    if (subscribed.contains(conversation) && row.seq() == positions.get(conversation) + 1) {
      positions.put(conversation, row.seq());
    }
  }

  void refuse(Wish.Send wish, String code) {
    write(new Answer.Refused(wish.id(), wish.attempt(), Via.SOCKET, code, null));
    if (!code.equals("timeout") && !code.equals("unavailable")) {
      unsettled.remove(wish.id());
    }
  }

  /// The session is sent one thing more. Returns false if there is nothing.
  boolean pump() {
    if (!connected) {
      return false;
    }
    List<UUID> ready =
        subscribed.stream()
            .filter(conversation -> positions.get(conversation) < server.head(conversation))
            .sorted()
            .toList();
    if (!ready.isEmpty()) {
      next(ready.get(server.random.nextInt(ready.size())));
      return true;
    }
    Logged row = joined.poll();
    if (row != null
        && !subscribed.contains(row.conversation())
        && server.member(row.conversation(), user)) {
      write(new Push.Joined(row.conversation(), row.seq()));
      subscribed.add(row.conversation());
      positions.put(row.conversation(), row.seq());
    }
    return row != null;
  }

  private void next(UUID conversation) {
    Logged row = server.logs.get(conversation).get(positions.get(conversation).intValue());
    boolean live = row.seq() > resumedTo.getOrDefault(conversation, 0L);
    if (live && row.kind().equals(Logged.LEFT) && user.equals(row.member())) {
      write(new Push.Left(conversation, row.seq()));
      subscribed.remove(conversation);
      positions.remove(conversation);
      return;
    }
    Integer attempt = row.id() == null ? null : owed.remove(row.id());
    if (attempt != null) {
      reply(row, attempt, false);
    } else {
      write(event(row));
      positions.put(conversation, row.seq());
    }
  }

  static Push.Event event(Logged row) {
    return new Push.Event(
        row.conversation(),
        row.seq(),
        row.time(),
        row.kind(),
        row.user(),
        row.id(),
        row.member(),
        row.role(),
        row.hash(),
        row.erased());
  }

  /// Reads a page of at most five events.
  Reading.Page read(UUID conversation, Long after, Purpose purpose) {
    UUID read = server.uuid();
    write(new Reading.Read(conversation, read, purpose, Via.REST, after, null, 5));
    List<Logged> log = server.logs.get(conversation);
    int from = after == null ? Math.max(0, log.size() - 5) : after.intValue();
    int to = Math.min(log.size(), from + 5);
    List<Push.Event> events =
        log.subList(Math.min(from, to), to).stream().map(SimulatedDevice::event).toList();
    boolean more = after == null ? from > 0 : to < log.size();
    Reading.Page page = new Reading.Page(read, events, more);
    write(page);
    return page;
  }

  /// Reads what `behind` told to be missing, while it may.
  void fill() {
    for (Push.Behind hole : List.copyOf(holes)) {
      holes.remove();
      long after = hole.from() - 1;
      while (after < hole.to() && server.member(hole.conversation(), user)) {
        after = read(hole.conversation(), after, Purpose.BEHIND).events().getLast().seq();
      }
      if (after < hole.to()) {
        // Its user is no member now; it is wanted once they are one again.
        holes.add(new Push.Behind(hole.conversation(), after + 1, hole.to(), false));
      }
    }
  }

  /// Catches up and ends its history.
  void finish() {
    if (!connected) {
      connect();
    }
    settle();
    fill();
    write(new Entry.Finished(Map.copyOf(positions)));
  }
}
