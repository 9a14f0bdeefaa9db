package dev.parley.chaos.check;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/// A Parley that keeps every promise, in memory, with a clock of its own.
final class SimulatedServer {
  final Random random;
  final Map<UUID, List<Logged>> logs = new LinkedHashMap<>();
  final List<SimulatedDevice> devices = new ArrayList<>();
  // What was still on its way to the log when its connection ended.
  final Deque<Attempt> late = new ArrayDeque<>();
  private long now;

  record Attempt(SimulatedDevice device, int connection, Wish.Send wish) {}

  SimulatedServer(long seed) {
    random = new Random(seed);
  }

  long tick() {
    now += 1 + random.nextInt(2000);
    return now;
  }

  void pause(long micros) {
    now += micros;
  }

  long now() {
    return now;
  }

  UUID uuid() {
    return new UUID(random.nextLong(), random.nextLong());
  }

  SimulatedDevice device(UUID user, String name) {
    SimulatedDevice device = new SimulatedDevice(this, user, name);
    devices.add(device);
    return device;
  }

  /// `creator` opens a group.
  UUID group(SimulatedDevice creator, UUID... members) {
    UUID conversation = uuid();
    UUID key = uuid();
    creator.write(new Wish.Create(key, 1, "group", List.of(members)));
    append(conversation, Logged.CREATED, creator.user, null, null, null, 77);
    joined(conversation, creator.user, creator.user, "owner");
    for (UUID member : members) {
      joined(conversation, creator.user, member, "member");
    }
    creator.write(new Answer.Created(key, 1, conversation, head(conversation), false));
    return conversation;
  }

  /// `admin` adds somebody, or removes them, over REST. Returns the new row.
  Logged change(
      SimulatedDevice admin, UUID conversation, ChangeKind kind, UUID member, boolean answered) {
    UUID key = uuid();
    String role = kind == ChangeKind.ADD ? "member" : null;
    admin.write(
        new Wish.Change(
            conversation, key, 1, Via.REST, kind, null, member, role, Fingerprint.NOTHING));
    Logged row =
        kind == ChangeKind.ADD
            ? joined(conversation, admin.user, member, "member")
            : append(
                conversation, Logged.LEFT, admin.user, member, null, null, Fingerprint.NOTHING);
    admin.write(
        answered
            ? new Answer.Done(conversation, key, 1, Via.REST, row.seq(), false, row.time())
            : new Answer.Unknown(key, 1, Via.REST, "reset"));
    return row;
  }

  private Logged joined(UUID conversation, UUID actor, UUID member, String role) {
    Logged row =
        append(conversation, Logged.JOINED, actor, member, role, null, Fingerprint.NOTHING);
    for (SimulatedDevice device : devices) {
      if (device.user.equals(member) && device.connected) {
        device.joined.add(row);
      }
    }
    return row;
  }

  Logged message(UUID conversation, UUID user, UUID id, long hash) {
    return append(conversation, Logged.MESSAGE, user, null, null, id, hash);
  }

  Logged append(
      UUID conversation, String kind, UUID user, UUID member, String role, UUID id, long hash) {
    List<Logged> log = logs.computeIfAbsent(conversation, key -> new ArrayList<>());
    Logged row =
        new Logged(
            conversation, log.size() + 1, tick() / 1000, kind, user, member, role, id, hash, false);
    log.add(row);
    return row;
  }

  Logged find(UUID conversation, UUID id) {
    return logs.get(conversation).stream()
        .filter(row -> id.equals(row.id()))
        .findFirst()
        .orElse(null);
  }

  long head(UUID conversation) {
    return logs.get(conversation).size();
  }

  boolean member(UUID conversation, UUID user) {
    boolean member = false;
    for (Logged row : logs.get(conversation)) {
      if (user.equals(row.member())) {
        member = row.kind().equals(Logged.JOINED) || (member && !row.kind().equals(Logged.LEFT));
      }
    }
    return member;
  }

  /// Puts what is late into the log.
  void process(Attempt attempt) {
    Wish.Send wish = attempt.wish();
    SimulatedDevice device = attempt.device();
    boolean there = device.connected && device.connection == attempt.connection();
    Logged row = find(wish.conversation(), wish.id());
    if (row == null && member(wish.conversation(), device.user)) {
      row = message(wish.conversation(), device.user, wish.id(), wish.hash());
      if (there) {
        device.owe(row, wish.attempt());
      }
    } else if (there && row != null) {
      device.reply(row, wish.attempt(), true);
    } else if (there) {
      device.refuse(wish, "not_found");
    }
  }
}
