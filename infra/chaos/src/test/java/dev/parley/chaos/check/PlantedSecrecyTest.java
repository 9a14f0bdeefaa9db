package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.PERMITTED;
import static dev.parley.chaos.check.Invariant.SECRECY;

import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Line;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Somebody sees or does what they may not.
class PlantedSecrecyTest extends Planting {

  @Test
  void removedMemberGetsWhatFollows() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(scene.dan, SimulatedDevice.event(scene.row(scene.last)));
    caught(recorded, SECRECY);
  }

  @Test
  void removedMemberGetsWhatFollowsBeforeBeingAddedAgain() throws IOException {
    Recorded recorded = scene.finish();
    int left = recorded.find(scene.cleo, entry -> entry instanceof Push.Left);
    recorded.insert(scene.cleo, left + 1, SimulatedDevice.event(scene.row(scene.hidden)));
    // When the others saw it, which is before anybody asked for her to be added.
    int seen = recorded.event(scene.ben, scene.row(scene.hidden));
    long at = recorded.histories.get("ben").get(seen).at();
    recorded
        .histories
        .get("cleo")
        .set(left + 1, new Line(at, recorded.entry(scene.cleo, left + 1)));
    caught(recorded, SECRECY);
  }

  @Test
  void removedMemberReadsWhatWasSaidBefore() throws IOException {
    Recorded recorded = scene.finish();
    Logged before = scene.row(scene.first);
    UUID read = new UUID(1, 1);
    recorded.atTheEnd(
        scene.dan,
        new Reading.Read(
            scene.group, read, Purpose.LOOK, Via.REST, before.seq() - 1, before.seq() + 1, 5),
        new Reading.Page(read, List.of(SimulatedDevice.event(before)), false));
    caught(recorded, SECRECY);
  }

  @Test
  void strangerIsSubscribed() throws IOException {
    Recorded recorded = scene.finish();
    recorded.replace(
        scene.eve,
        recorded.find(scene.eve, entry -> entry instanceof Link.Connected),
        new Link.Connected(new UUID(1, 1), List.of(new Link.Head(scene.group, 5))));
    recorded.atTheEnd(scene.eve, new Link.Cut());
    caught(recorded, SECRECY);
  }

  @Test
  void strangerGetsAnEvent() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(scene.eve, SimulatedDevice.event(scene.row(scene.last)));
    caught(recorded, SECRECY);
  }

  @Test
  void strangerReadsThePast() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(
        scene.eve,
        new Reading.Read(
            scene.group,
            scene.look.read(),
            Purpose.LOOK,
            Via.REST,
            null,
            scene.look.events().getLast().seq() + 1,
            5),
        new Reading.Page(scene.look.read(), scene.look.events(), true));
    caught(recorded, SECRECY);
  }

  @Test
  void whatNoMemberSentIsAccepted() throws IOException {
    scene.eve.post(scene.group, true);
    caught(scene.finish(), PERMITTED);
  }

  @Test
  void memberAddsSomebody() throws IOException {
    scene.server.change(scene.ben, scene.group, ChangeKind.ADD, scene.eve.user, true);
    caught(scene.finish(), PERMITTED);
  }
}
