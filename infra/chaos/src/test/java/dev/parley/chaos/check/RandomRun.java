package dev.parley.chaos.check;

import dev.parley.chaos.check.SimulatedServer.Attempt;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/// A run without a defect, made by a seed: people on one or two devices who talk, lose their
/// connections, resume, repeat, fall behind, read, are removed and added again.
final class RandomRun {
  private final SimulatedServer server;
  private final Random random;
  private final List<UUID> groups = new ArrayList<>();
  private final List<SimulatedDevice> devices;
  private final SimulatedDevice admin;

  private RandomRun(long seed) {
    server = new SimulatedServer(seed);
    random = server.random;
    List<UUID> users = new ArrayList<>();
    for (int i = 0; i < 3 + random.nextInt(4); i++) {
      UUID user = server.uuid();
      users.add(user);
      server.device(user, "u" + i + "-phone");
      if (random.nextBoolean()) {
        server.device(user, "u" + i + "-laptop");
      }
    }
    devices = server.devices;
    admin = devices.getFirst();
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      List<UUID> members = users.stream().skip(1).filter(user -> random.nextInt(4) > 0).toList();
      groups.add(server.group(admin, members.toArray(UUID[]::new)));
    }
  }

  static Recorded record(long seed, int steps) {
    RandomRun run = new RandomRun(seed);
    for (int i = 0; i < steps; i++) {
      run.step();
    }
    run.end();
    return Recorded.of(run.server);
  }

  private void step() {
    SimulatedDevice device = devices.get(random.nextInt(devices.size()));
    UUID group = groups.get(random.nextInt(groups.size()));
    if (random.nextInt(5) == 0 && !server.late.isEmpty()) {
      server.process(server.late.poll());
    }
    if (!device.connected) {
      if (random.nextInt(3) == 0) {
        device.connect();
      }
      return;
    }
    boolean member = server.member(group, device.user);
    switch (random.nextInt(17)) {
      case 0 -> device.cut(random.nextBoolean());
      case 1, 2, 3, 4 -> device.send(group);
      case 5, 6, 7 -> handle(device);
      case 8 -> device.settle();
      case 9 ->
          device.unsettled.keySet().stream()
              .filter(id -> !device.underWay(id))
              .findFirst()
              .ifPresent(device::repeat);
      case 10 -> {
        if (member) {
          device.post(group, random.nextInt(4) > 0);
          device.read(group, server.head(group) - 1, Purpose.AFTER_ACKNOWLEDGE);
        }
      }
      case 11 -> {
        if (member) {
          device.read(group, random.nextBoolean() ? 0L : null, Purpose.LOOK);
        }
      }
      case 12 -> membership(group);
      case 13 -> device.fill();
      case 14 -> device.settled.keySet().stream().findFirst().ifPresent(device::again);
      default -> device.pump();
    }
  }

  /// The server takes the next command of the device, and may be too slow or not there.
  private void handle(SimulatedDevice device) {
    Attempt attempt = device.inbox.poll();
    if (attempt == null) {
      return;
    }
    boolean alone = device.inbox.isEmpty();
    switch (random.nextInt(12)) {
      case 0 -> device.refuse(attempt.wish(), "unavailable");
      case 1 -> {
        device.refuse(attempt.wish(), "timeout");
        if (alone && random.nextBoolean()) {
          server.process(new Attempt(device, -1, attempt.wish()));
        }
      }
      default -> server.process(attempt);
    }
  }

  private void membership(UUID group) {
    UUID user = devices.get(random.nextInt(devices.size())).user;
    if (!user.equals(admin.user)) {
      ChangeKind kind = server.member(group, user) ? ChangeKind.REMOVE : ChangeKind.ADD;
      server.change(admin, group, kind, user, random.nextInt(4) > 0);
    }
  }

  private void end() {
    while (!server.late.isEmpty()) {
      server.process(server.late.poll());
    }
    for (SimulatedDevice device : devices) {
      if (!device.connected) {
        device.connect();
      }
      device.settle();
    }
    devices.forEach(SimulatedDevice::finish);
  }
}
