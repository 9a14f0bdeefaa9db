package dev.parley.chaos.check;

import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Reading;
import java.util.List;
import java.util.UUID;

/// One short run without a defect, in which everything happens that a defect may be planted in:
///
/// Ann (phone and laptop), Ben, Cleo and Dan are in a group; Eve is not. Ann and Ben are in another
/// one. Ben loses his connection and resumes, Cleo repeats what she cannot know to have arrived,
/// Cleo is removed, misses a message and is added again, Ben falls so far behind that he reads what
/// he missed, Dan is removed for good.
final class Scene {
  final SimulatedServer server = new SimulatedServer(7);
  final SimulatedDevice ann = server.device(server.uuid(), "ann-phone");
  final SimulatedDevice laptop = server.device(ann.user, "ann-laptop");
  final SimulatedDevice ben = server.device(server.uuid(), "ben");
  final SimulatedDevice cleo = server.device(server.uuid(), "cleo");
  final SimulatedDevice dan = server.device(server.uuid(), "dan");
  final SimulatedDevice eve = server.device(server.uuid(), "eve");
  final List<SimulatedDevice> devices = List.of(ann, laptop, ben, cleo, dan, eve);
  final UUID group = server.group(ann, ben.user, cleo.user, dan.user);
  final UUID pair = server.group(ann, ben.user);

  /// Sent before anybody listened; its answer was lost.
  UUID early;

  /// Sent by Ann at once, one after the other.
  UUID first;

  UUID second;
  UUID byBen;

  /// Sent by Ann over REST; the answer came.
  UUID posted;

  /// Sent by Cleo, lost with her connection, sent again and acknowledged as repeated.
  UUID repeated;

  Logged removal;

  /// Sent while Cleo was removed.
  UUID hidden;

  Logged addition;
  UUID afterAddition;
  UUID acknowledged;
  Reading.Page afterAcknowledge;
  Reading.Page look;
  Logged danRemoved;

  /// The last message, seen by all but Dan and Eve.
  UUID last;

  Scene() {
    early = ann.post(group, false);
    devices.forEach(SimulatedDevice::connect);
    ann.send(pair);
    settle();
    first = ann.send(group);
    second = ann.send(group);
    settle();
    byBen = ben.send(group);
    settle();
    ben.cut(true);
    ann.send(group);
    posted = ann.post(group, true);
    settle();
    ben.connect();
    settle();
    repeated = cleo.send(group);
    cleo.cut(false);
    server.process(server.late.poll());
    cleo.connect();
    cleo.repeat(repeated);
    settle();
    removal = server.change(ann, group, ChangeKind.REMOVE, cleo.user, true);
    settle();
    hidden = ann.send(group);
    settle();
    server.pause(2 * Wishes.PATIENCE_MICROS);
    addition = server.change(ann, group, ChangeKind.ADD, cleo.user, true);
    settle();
    afterAddition = ben.send(group);
    settle();
    acknowledged = ben.send(group);
    settle();
    afterAcknowledge = ben.read(group, server.head(group) - 3, Purpose.AFTER_ACKNOWLEDGE);
    look = laptop.read(group, server.head(group) - 4, Purpose.LOOK);
    ben.cut(true);
    for (int i = 0; i < 14; i++) {
      ann.send(group);
    }
    settle();
    ben.connect();
    ben.fill();
    danRemoved = server.change(ann, group, ChangeKind.REMOVE, dan.user, true);
    settle();
    ann.send(group);
    last = ann.send(group);
    settle();
  }

  void settle() {
    devices.forEach(SimulatedDevice::settle);
    devices.forEach(SimulatedDevice::settle);
  }

  Recorded finish() {
    devices.forEach(SimulatedDevice::settle);
    devices.forEach(SimulatedDevice::finish);
    return Recorded.of(server);
  }

  Logged row(UUID message) {
    return server.find(group, message);
  }
}
