package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.ANSWERED;
import static dev.parley.chaos.check.Invariant.HONEST_ACKNOWLEDGEMENT;
import static dev.parley.chaos.check.Invariant.PROTOCOL;
import static dev.parley.chaos.check.Invariant.READ_AFTER_ACKNOWLEDGE;
import static dev.parley.chaos.check.Invariant.REFUSED_LEAVES_NO_TRACE;
import static dev.parley.chaos.check.Invariant.SAME_ANSWER;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// What a client is answered is false, changes, or does not come.
class PlantedAnswerTest extends Planting {

  @Test
  void answerHasAnotherNumberThanTheLog() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.posted);
    answer(recorded, scene.posted, row.seq() + 1, false, row.time());
    caught(recorded, HONEST_ACKNOWLEDGEMENT);
  }

  @Test
  void answerHasAnotherTimeThanTheLog() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.posted);
    answer(recorded, scene.posted, row.seq(), false, row.time() + 1);
    caught(recorded, HONEST_ACKNOWLEDGEMENT);
  }

  @Test
  void answerToAChangeOfMembershipNamesAnotherRow() throws IOException {
    Recorded recorded = scene.finish();
    int line =
        recorded.find(
            scene.ann,
            entry -> entry instanceof Answer.Done done && done.seq() == scene.addition.seq());
    Answer.Done done = (Answer.Done) recorded.entry(scene.ann, line);
    long seq = scene.removal.seq();
    recorded.replace(
        scene.ann,
        line,
        new Answer.Done(scene.group, done.id(), 1, Via.REST, seq, false, scene.removal.time()));
    caught(recorded, HONEST_ACKNOWLEDGEMENT);
  }

  @Test
  void repeatedMessageGetsAnotherNumber() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.posted);
    recorded.atTheEnd(
        scene.ann,
        send(scene.group, scene.posted, 2, Via.REST),
        new Answer.Sent(scene.group, scene.posted, 2, Via.REST, row.seq() + 1, true, row.time()));
    // A number that differs from the first answer's differs from the log's.
    caught(recorded, SAME_ANSWER, HONEST_ACKNOWLEDGEMENT);
  }

  @Test
  void repeatedMessageIsAnsweredAsIfItWereNew() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.posted);
    recorded.atTheEnd(
        scene.ann,
        send(scene.group, scene.posted, 2, Via.REST),
        new Answer.Sent(scene.group, scene.posted, 2, Via.REST, row.seq(), false, row.time()));
    caught(recorded, SAME_ANSWER);
  }

  @Test
  void thirdAnswerIsTheFirstThatDoesNotSayRepeated() throws IOException {
    Recorded recorded = scene.finish();
    Logged row = scene.row(scene.repeated);
    recorded.atTheEnd(
        scene.cleo,
        send(scene.group, scene.repeated, 3, Via.SOCKET),
        new Answer.Sent(scene.group, scene.repeated, 3, Via.SOCKET, row.seq(), false, row.time()));
    caught(recorded, SAME_ANSWER);
  }

  @Test
  void repeatedMessageIsRefusedAfterItWasAcknowledged() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(
        scene.ann,
        send(scene.group, scene.posted, 2, Via.SOCKET),
        new Answer.Refused(scene.posted, 2, Via.SOCKET, "conflict", null));
    caught(recorded, SAME_ANSWER);
  }

  @Test
  void refusedMessageIsInTheLog() throws IOException {
    Recorded recorded = scene.finish();
    int line = acknowledgement(recorded, scene.ann, scene.posted);
    recorded.replace(
        scene.ann, line, new Answer.Refused(scene.posted, 1, Via.REST, "unavailable", 500L));
    caught(recorded, REFUSED_LEAVES_NO_TRACE);
  }

  @Test
  void readMissesWhatItsClientWasAcknowledged() throws IOException {
    Recorded recorded = scene.finish();
    shorten(recorded, scene.ben, scene.afterAcknowledge);
    caught(recorded, READ_AFTER_ACKNOWLEDGE);
  }

  @Test
  void readMissesWhatAnotherHadSeen() throws IOException {
    Recorded recorded = scene.finish();
    shorten(recorded, scene.laptop, scene.look);
    caught(recorded, READ_AFTER_ACKNOWLEDGE);
  }

  @Test
  void commandOnALivingSessionIsNeverAnswered() throws IOException {
    Recorded recorded = scene.finish();
    int line = acknowledgement(recorded, scene.ann, scene.first);
    recorded.insert(scene.ann, line, send(scene.group, new UUID(1, 1), 1, Via.SOCKET));
    caught(recorded, ANSWERED);
  }

  @Test
  void commandIsAnsweredTwice() throws IOException {
    Recorded recorded = scene.finish();
    int line = acknowledgement(recorded, scene.ann, scene.posted);
    recorded.insert(scene.ann, line, recorded.entry(scene.ann, line));
    caught(recorded, PROTOCOL);
  }

  @Test
  void behindDoesNotBeginWhereTheSessionIs() throws IOException {
    Recorded recorded = scene.finish();
    int line = recorded.find(scene.ben, entry -> entry instanceof Push.Behind);
    Push.Behind behind = (Push.Behind) recorded.entry(scene.ben, line);
    recorded.replace(
        scene.ben,
        line,
        new Push.Behind(behind.conversation(), behind.from() + 1, behind.to(), false));
    caught(recorded, PROTOCOL);
  }

  @Test
  void joinedNamesAnotherRow() throws IOException {
    Recorded recorded = scene.finish();
    int line =
        recorded.find(
            scene.cleo,
            entry -> entry instanceof Push.Joined joined && joined.seq() == scene.addition.seq());
    // The session goes on from the number that it was told, so the next event comes again.
    recorded.insert(scene.cleo, line, new Push.Joined(scene.group, scene.removal.seq()));
    recorded.remove(scene.cleo, line + 1);
    recorded.insert(scene.cleo, line + 1, SimulatedDevice.event(scene.row(scene.hidden)));
    recorded.insert(scene.cleo, line + 2, SimulatedDevice.event(scene.addition));
    caught(recorded, PROTOCOL);
  }

  @Test
  void connectedTellsAHeadAboveTheLog() throws IOException {
    Recorded recorded = scene.finish();
    long head = scene.server.head(scene.pair) + 1;
    recorded.atTheEnd(
        scene.ann,
        new Link.Cut(),
        new Link.Connect(true, Map.of()),
        new Link.Connected(
            new UUID(1, 1),
            List.of(
                new Link.Head(scene.pair, head),
                new Link.Head(scene.group, scene.server.head(scene.group)))));
    caught(recorded, PROTOCOL);
  }

  @Test
  void sessionGetsWhatTheProtocolDoesNotKnow() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(scene.eve, new Push.Odd("text that is no object"));
    caught(recorded, PROTOCOL);
  }

  @Test
  void eventsComeBeforeTheSessionIsSubscribed() throws IOException {
    Recorded recorded = scene.finish();
    int line = recorded.find(scene.cleo, entry -> entry instanceof Push.Joined);
    recorded.insert(scene.cleo, line, SimulatedDevice.event(scene.addition));
    caught(recorded, PROTOCOL);
  }

  private void answer(Recorded recorded, UUID id, long seq, boolean repeated, long time) {
    recorded.replace(
        scene.ann,
        acknowledgement(recorded, scene.ann, id),
        new Answer.Sent(scene.group, id, 1, Via.REST, seq, repeated, time));
  }

  private static void shorten(Recorded recorded, SimulatedDevice device, Reading.Page page) {
    List<Push.Event> events = page.events().subList(0, page.events().size() - 1);
    int line = recorded.find(device, entry -> entry.equals(page));
    recorded.replace(device, line, new Reading.Page(page.read(), events, false));
  }
}
