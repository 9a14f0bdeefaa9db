package dev.parley.chaos.check;

import static dev.parley.chaos.check.Invariant.NOTHING_FROM_NOWHERE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Fingerprint;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/// Somebody is added under one key, and answers are lost.
class PlantedMembershipTest extends Planting {
  private final UUID key = new UUID(1, 1);

  @Test
  void oneKeyAddsSomebodyTwice() throws IOException {
    wish(1);
    add();
    unknown(1);
    remove();
    wish(2);
    add();
    unknown(2);
    caught(scene.finish(), NOTHING_FROM_NOWHERE);
  }

  @Test
  void oneKeyAddsSomebodyAgainWithAnotherAnswer() throws IOException {
    wish(1);
    add();
    unknown(1);
    remove();
    wish(2);
    Logged row = add();
    scene.ann.write(new Answer.Done(scene.group, key, 2, Via.REST, row.seq(), false, row.time()));
    caught(scene.finish(), NOTHING_FROM_NOWHERE);
  }

  @Test
  void oneKeyThatIsAskedForTwiceMayHaveAddedSomebodyOnce() throws IOException {
    wish(1);
    add();
    unknown(1);
    wish(2);
    unknown(2);
    assertEquals(List.of(), scene.finish().judge(directory).violations());
  }

  private void wish(int attempt) {
    scene.ann.write(
        new Wish.Change(
            scene.group,
            key,
            attempt,
            Via.REST,
            ChangeKind.ADD,
            null,
            scene.dan.user,
            "member",
            Fingerprint.NOTHING));
  }

  private void unknown(int attempt) {
    scene.ann.write(new Answer.Unknown(key, attempt, Via.REST, "reset"));
  }

  private Logged add() {
    Logged row =
        scene.server.append(
            scene.group,
            Logged.JOINED,
            scene.ann.user,
            scene.dan.user,
            "member",
            null,
            Fingerprint.NOTHING);
    scene.dan.joined.add(row);
    scene.settle();
    return row;
  }

  private void remove() {
    scene.server.change(scene.ann, scene.group, ChangeKind.REMOVE, scene.dan.user, true);
    scene.settle();
  }
}
