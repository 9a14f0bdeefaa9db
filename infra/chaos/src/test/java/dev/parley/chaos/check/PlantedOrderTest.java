package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.CONTENT;
import static dev.parley.chaos.check.Invariant.GAPLESS;
import static dev.parley.chaos.check.Invariant.NOTHING_FROM_NOWHERE;
import static dev.parley.chaos.check.Invariant.NO_DUPLICATE;
import static dev.parley.chaos.check.Invariant.SAME_ORDER;
import static dev.parley.chaos.check.Invariant.SENDER_ORDER;
import static dev.parley.chaos.check.Invariant.TIME_ORDER;

import dev.parley.chaos.check.SimulatedServer.Attempt;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What is in the log or is seen is doubled, out of order, of unknown origin, or changed.
class PlantedOrderTest extends Planting {

  @Test
  void sessionGetsAnEventTwice() throws IOException {
    Recorded recorded = scene.finish();
    int line = recorded.event(scene.laptop, scene.row(scene.hidden));
    recorded.insert(scene.laptop, line, recorded.entry(scene.laptop, line));
    caught(recorded, NO_DUPLICATE);
  }

  @Test
  void oneIdIsInTheLogTwice() throws IOException {
    Logged row = scene.row(scene.hidden);
    scene.server.message(scene.group, row.user(), row.id(), row.hash());
    caught(scene.finish(), NO_DUPLICATE);
  }

  @Test
  void oneNumberIsInTheLogTwice() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.hidden);
    recorded.log.add(with(row, row.seq(), row.user(), null, 5));
    caught(recorded, NO_DUPLICATE);
  }

  @Test
  void oneDeviceSeesTwoEventsInTheOtherOrder() throws IOException {
    Recorded recorded = scene.finish();
    int one = recorded.event(scene.laptop, scene.row(scene.first));
    int two = recorded.event(scene.laptop, scene.row(scene.second));
    Entry before = recorded.entry(scene.laptop, one);
    recorded.replace(scene.laptop, one, recorded.entry(scene.laptop, two));
    recorded.replace(scene.laptop, two, before);
    caught(recorded, SAME_ORDER);
  }

  @Test
  void oneDeviceSeesAnotherEventWithTheNumber() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.first);
    Logged other = scene.row(scene.second);
    recorded.replace(
        scene.laptop,
        recorded.event(scene.laptop, row),
        SimulatedDevice.event(with(row, row.seq(), row.user(), other.id(), other.hash())));
    caught(recorded, SAME_ORDER);
  }

  @Test
  void oneDeviceSeesAnEventWithANumberAboveTheLog() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.last);
    recorded.atTheEnd(
        scene.laptop,
        SimulatedDevice.event(with(row, row.seq() + 1, row.user(), row.id(), row.hash())));
    caught(recorded, SAME_ORDER);
  }

  @Test
  void sendsOfOneSessionChangePlaces() throws IOException {
    scene.ann.send(scene.group);
    scene.ann.send(scene.group);
    Attempt one = scene.ann.inbox.poll();
    scene.ann.inbox.add(one);
    caught(scene.finish(), SENDER_ORDER);
  }

  @Test
  void messageStandsBeforeWhatItsSenderHadSeen() throws IOException {
    Recorded recorded = scene.finish();
    Entry wish =
        recorded.remove(
            scene.ann,
            recorded.find(
                scene.ann,
                entry -> entry instanceof Wish.Send send && send.id().equals(scene.posted)));
    Entry answer = recorded.remove(scene.ann, acknowledgement(recorded, scene.ann, scene.posted));
    recorded.atTheEnd(scene.ann, wish, answer);
    caught(recorded, TIME_ORDER);
  }

  @Test
  void timesOfTheLogGoBack() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = recorded.log.getFirst();
    recorded.log.set(
        0,
        new Logged(
            row.conversation(),
            1,
            row.time() + 9,
            row.kind(),
            row.user(),
            null,
            null,
            null,
            row.hash(),
            false));
    caught(recorded, TIME_ORDER);
  }

  @Test
  void logHasAHole() throws IOException {
    Recorded recorded = scene.finish();
    recorded.log.remove(scene.row(scene.early));
    caught(recorded, GAPLESS);
  }

  @Test
  void logHasANumberBelowOne() throws IOException {
    Recorded recorded = scene.finish();
    recorded.log.add(with(scene.row(scene.last), 0, scene.ann.user, null, 5));
    caught(recorded, GAPLESS);
  }

  @Test
  void pageHasAHole() throws IOException {
    Recorded recorded = scene.finish();
    List<Push.Event> events = new ArrayList<>(scene.look.events());
    events.remove(1);
    int line = recorded.find(scene.laptop, entry -> entry.equals(scene.look));
    Reading.Page page = new Reading.Page(scene.look.read(), events, scene.look.more());
    recorded.replace(scene.laptop, line, page);
    caught(recorded, GAPLESS);
  }

  @Test
  void logHasAMessageThatNobodySent() throws IOException {
    scene.server.message(scene.group, scene.ann.user, new UUID(1, 1), 5);
    caught(scene.finish(), NOTHING_FROM_NOWHERE);
  }

  @Test
  void logHasAMessageUnderAnothersName() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.byBen);
    recorded.everywhere(row, with(row, row.seq(), scene.ann.user, row.id(), row.hash()));
    caught(recorded, NOTHING_FROM_NOWHERE);
  }

  @Test
  void logHasAMembershipThatNobodyAskedFor() throws IOException {
    Recorded recorded = scene.finish();
    int line =
        recorded.find(
            scene.ann,
            entry ->
                entry instanceof Wish.Change change
                    && scene.cleo.user.equals(change.member())
                    && "member".equals(change.role()));
    recorded.remove(scene.ann, line);
    recorded.remove(scene.ann, line);
    caught(recorded, NOTHING_FROM_NOWHERE);
  }

  @Test
  void logHasOneMembershipTwiceThatWasAskedForOnce() throws IOException {
    scene.server.append(
        scene.group, Logged.ROLE, scene.ann.user, scene.ben.user, "member", null, 0);
    caught(scene.finish(), NOTHING_FROM_NOWHERE);
  }

  @Test
  void logHasAConversationThatNobodyOpened() throws IOException {
    Recorded recorded = scene.finish();
    int answer =
        recorded.find(
            scene.ann,
            entry ->
                entry instanceof Answer.Created created
                    && created.conversation().equals(scene.pair));
    recorded.remove(scene.ann, answer);
    recorded.remove(scene.ann, answer - 1);
    caught(recorded, NOTHING_FROM_NOWHERE);
  }

  @Test
  void deviceSeesWhatIsNotInTheLog() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.last);
    recorded.atTheEnd(
        scene.laptop,
        SimulatedDevice.event(with(row, row.seq() + 1, row.user(), new UUID(1, 1), 5)));
    caught(recorded, NOTHING_FROM_NOWHERE);
  }

  @Test
  void logHasOtherContentThanWasSent() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.hidden);
    recorded.everywhere(row, with(row, row.seq(), row.user(), row.id(), row.hash() + 1));
    caught(recorded, CONTENT);
  }

  @Test
  void oneDeviceSeesOtherContent() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.hidden);
    recorded.replace(
        scene.laptop,
        recorded.event(scene.laptop, row),
        SimulatedDevice.event(with(row, row.seq(), row.user(), row.id(), row.hash() + 1)));
    caught(recorded, CONTENT);
  }

  @Test
  void oneDeviceSeesAsDeletedWhatIsNot() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.hidden);
    Push.Event seen = SimulatedDevice.event(row);
    recorded.replace(
        scene.laptop,
        recorded.event(scene.laptop, row),
        new Push.Event(
            seen.conversation(),
            seen.seq(),
            seen.time(),
            seen.kind(),
            seen.user(),
            seen.id(),
            null,
            null,
            0,
            true));
    caught(recorded, CONTENT);
  }
}
