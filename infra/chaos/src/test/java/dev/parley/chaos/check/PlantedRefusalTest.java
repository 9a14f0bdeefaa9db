package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.PROTOCOL;
import static dev.parley.chaos.check.Invariant.RIGHTLY_REFUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Line;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody is refused what they may do.
class PlantedRefusalTest extends Planting {
  private final UUID fresh = new UUID(1, 1);

  @ParameterizedTest
  @ValueSource(strings = {"bad_request", "too_large", "conflict", "forbidden", "not_found"})
  void memberMayNotSend(String code) throws IOException {
    Recorded recorded = scene.finish();
    refused(recorded, scene.ben, Via.SOCKET, code);
    caught(recorded, RIGHTLY_REFUSED);
  }

  @Test
  void memberMayNotSendOverRest() throws IOException {
    Recorded recorded = scene.finish();
    refused(recorded, scene.cleo, Via.REST, "not_found");
    caught(recorded, RIGHTLY_REFUSED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bad_request", "too_large", "conflict"})
  void aValidMessageIsNotValid(String code) throws IOException {
    Recorded recorded = scene.finish();
    refused(recorded, scene.dan, Via.SOCKET, code);
    caught(recorded, RIGHTLY_REFUSED);
  }

  @Test
  void whoIsNoMemberIsRefused() throws IOException {
    Recorded recorded = scene.finish();
    refused(recorded, scene.dan, Via.SOCKET, "not_found");
    refused(recorded, scene.eve, Via.REST, "not_found");
    good(recorded);
  }

  @Test
  void readerIsRefused() throws IOException {
    role(scene.ben, "reader");
    Recorded recorded = scene.finish();
    refused(recorded, scene.ben, Via.SOCKET, "forbidden");
    good(recorded);
  }

  @Test
  void whoWasAReaderIsRefused() throws IOException {
    role(scene.ben, "reader");
    role(scene.ben, "moderator");
    Recorded recorded = scene.finish();
    refused(recorded, scene.ben, Via.SOCKET, "forbidden");
    caught(recorded, RIGHTLY_REFUSED);
  }

  @Test
  void whoIsBeingRemovedMayBeRefused() throws IOException {
    // Asked for while Cleo is a member, answered when Ann has asked for her removal.
    int line = scene.finish().find(scene.ann, this::isRemoval);
    Recorded recorded = Recorded.of(scene.server);
    long asked = recorded.histories.get("ann-phone").get(line).at();
    List<Line> lines = recorded.histories.get("cleo");
    int place = 0;
    while (lines.get(place).at() < asked) {
      place++;
    }
    recorded.insert(
        scene.cleo,
        place,
        send(scene.group, fresh, 1, Via.SOCKET),
        new Answer.Refused(fresh, 1, Via.SOCKET, "not_found", null));
    good(recorded);
  }

  @Test
  void memberMayNotResume() throws IOException {
    Recorded recorded = scene.finish();
    resumed(recorded, scene.ben);
    caught(recorded, PROTOCOL);
  }

  @Test
  void whoWasRemovedMayNotResume() throws IOException {
    Recorded recorded = scene.finish();
    resumed(recorded, scene.dan);
    good(recorded);
  }

  private boolean isRemoval(Entry entry) {
    return entry instanceof Wish.Change change
        && change.kind() == ChangeKind.REMOVE
        && scene.cleo.user.equals(change.member());
  }

  private void refused(Recorded recorded, SimulatedDevice device, Via via, String code) {
    recorded.atTheEnd(
        device, send(scene.group, fresh, 1, via), new Answer.Refused(fresh, 1, via, code, null));
  }

  /// Resumes the group, and is told to be no member.
  private void resumed(Recorded recorded, SimulatedDevice device) {
    recorded.atTheEnd(
        device,
        new Link.Cut(),
        new Link.Connect(true, Map.of(scene.group, scene.server.head(scene.group))),
        new Link.Connected(
            new UUID(1, 2),
            device == scene.ben
                ? List.of(new Link.Head(scene.pair, scene.server.head(scene.pair)))
                : List.of()),
        new Push.Left(scene.group, null));
  }

  private void role(SimulatedDevice device, String role) {
    UUID id = scene.server.uuid();
    scene.ann.write(
        new Wish.Change(
            scene.group,
            id,
            1,
            Via.REST,
            ChangeKind.ROLE,
            null,
            device.user,
            role,
            Fingerprint.NOTHING));
    Logged row =
        scene.server.append(
            scene.group, Logged.ROLE, scene.ann.user, device.user, role, null, Fingerprint.NOTHING);
    scene.ann.write(new Answer.Done(scene.group, id, 1, Via.REST, row.seq(), false, row.time()));
    scene.settle();
  }

  private void good(Recorded recorded) throws IOException {
    assertEquals(List.of(), recorded.judge(directory).violations());
  }
}
