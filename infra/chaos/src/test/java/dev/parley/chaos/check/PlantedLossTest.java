package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.AT_REST;
import static dev.parley.chaos.check.Invariant.DELIVERED;
import static dev.parley.chaos.check.Invariant.NO_LOSS;
import static dev.parley.chaos.check.Invariant.SESSION_CONSECUTIVE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/// What was acknowledged is gone, or did not reach somebody.
class PlantedLossTest extends Planting {
  private final UUID fresh = new UUID(1, 1);

  @Test
  void theSceneItselfIsGood() throws IOException {
    assertEquals(List.of(), scene.finish().judge(directory).violations());
  }

  @Test
  void acknowledgedMessageIsMissingAtTheEndOfTheLog() throws IOException {
    Recorded recorded = scene.finish();
    long seq = scene.row(scene.last).seq() + 1;
    recorded.atTheEnd(
        scene.ann,
        send(scene.group, fresh, 1, Via.SOCKET),
        new Answer.Sent(scene.group, fresh, 1, Via.SOCKET, seq, false, 5));
    caught(recorded, NO_LOSS);
  }

  @Test
  void acknowledgedMessageHasLostItsNumberToAnother() throws IOException {
    Recorded recorded = scene.finish();
    long seq = scene.row(scene.hidden).seq();
    recorded.atTheEnd(
        scene.ann,
        send(scene.group, fresh, 1, Via.REST),
        new Answer.Sent(scene.group, fresh, 1, Via.REST, seq, false, 5));
    caught(recorded, NO_LOSS);
  }

  @Test
  void acknowledgedMembershipIsNotInTheLog() throws IOException {
    Recorded recorded = scene.finish();
    long seq = scene.row(scene.last).seq() + 1;
    recorded.atTheEnd(
        scene.ann,
        new Wish.Change(
            scene.group,
            fresh,
            1,
            Via.REST,
            ChangeKind.ADD,
            null,
            scene.dan.user,
            "member",
            Fingerprint.NOTHING),
        new Answer.Done(scene.group, fresh, 1, Via.REST, seq, false, 5L));
    caught(recorded, NO_LOSS);
  }

  @Test
  void openedConversationIsGone() throws IOException {
    Recorded recorded = scene.finish();
    recorded.atTheEnd(
        scene.ann,
        new Wish.Create(fresh, 1, "group", List.of()),
        new Answer.Created(fresh, 1, new UUID(1, 2), 2, false));
    caught(recorded, NO_LOSS);
  }

  @Test
  void lastEventNeverReachesOneDevice() throws IOException {
    Recorded recorded = scene.finish();
    recorded.remove(scene.laptop, recorded.event(scene.laptop, scene.row(scene.last)));
    Verdict verdict = caught(recorded, DELIVERED);
    assertEquals(List.of("ann-laptop.jsonl"), verdict.violations().getFirst().clients());
  }

  @Test
  void whatBehindToldIsNeverRead() throws IOException {
    Recorded recorded = scene.finish();
    recorded
        .histories
        .get("ben")
        .removeIf(line ->
            line.what() instanceof Reading
                && line.at() > time(recorded, scene.ben, entry -> entry instanceof Push.Behind));
    caught(recorded, DELIVERED);
  }

  @Test
  void memberNeverHearsOfAConversation() throws IOException {
    Recorded recorded = scene.finish();
    recorded
        .histories
        .get("ben")
        .removeIf(line ->
            line.what() instanceof Push.Event event && event.conversation().equals(scene.pair));
    for (int i = 0; i < recorded.histories.get("ben").size(); i++) {
      if (recorded.entry(scene.ben, i) instanceof Link.Connected connected) {
        List<Link.Head> heads =
            connected.conversations().stream()
                .filter(head -> !head.conversation().equals(scene.pair))
                .toList();
        recorded.replace(scene.ben, i, new Link.Connected(connected.session(), heads));
      }
    }
    caught(recorded, DELIVERED);
  }

  @Test
  void removedMemberIsNeverTold() throws IOException {
    Recorded recorded = scene.finish();
    recorded.remove(scene.dan, recorded.find(scene.dan, entry -> entry instanceof Push.Left));
    caught(recorded, DELIVERED);
  }

  @Test
  void sessionSkipsAnEvent() throws IOException {
    Recorded recorded = scene.finish();
    recorded.remove(scene.laptop, recorded.event(scene.laptop, scene.row(scene.hidden)));
    caught(recorded, SESSION_CONSECUTIVE);
  }

  @Test
  void answerComesBeforeItsPlace() throws IOException {
    Recorded recorded = scene.finish();
    int one = recorded.find(scene.ann, answers(scene.first));
    int two = recorded.find(scene.ann, answers(scene.second));
    Entry early = recorded.entry(scene.ann, two);
    recorded.replace(scene.ann, two, SimulatedDevice.event(scene.row(scene.second)));
    recorded.insert(scene.ann, one, early);
    caught(recorded, SESSION_CONSECUTIVE);
  }

  private static Predicate<Entry> answers(UUID message) {
    return entry -> entry instanceof Answer.Sent sent && sent.id().equals(message);
  }

  @Test
  void sessionSkipsWhatCameBeforeTheDeparture() throws IOException {
    Recorded recorded = scene.finish();
    long before = scene.danRemoved.seq() - 1;
    recorded.remove(
        scene.dan,
        recorded.find(
            scene.dan, entry -> entry instanceof Push.Event event && event.seq() == before));
    caught(recorded, SESSION_CONSECUTIVE);
  }

  @Test
  void clientNeverComesToRest() throws IOException {
    Recorded recorded = scene.finish();
    recorded.remove(scene.eve, recorded.find(scene.eve, entry -> entry instanceof Entry.Finished));
    caught(recorded, AT_REST);
  }

  private static long time(Recorded recorded, SimulatedDevice device, Predicate<Entry> like) {
    return recorded.histories.get(device.name).get(recorded.find(device, like)).at();
  }
}
