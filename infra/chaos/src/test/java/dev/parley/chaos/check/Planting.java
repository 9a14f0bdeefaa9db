package dev.parley.chaos.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;

/// A [Scene] with one defect planted is caught, and named by the invariants expected and by no
/// other.
abstract class Planting {
  @TempDir Path directory;

  final Scene scene = new Scene();

  final Verdict caught(Recorded recorded, Invariant... expected) throws IOException {
    Verdict verdict = recorded.judge(directory);
    Set<Invariant> named = EnumSet.noneOf(Invariant.class);
    verdict
        .counts()
        .forEach((invariant, count) -> {
          if (count > 0) {
            named.add(invariant);
          }
        });
    String stories =
        verdict.violations().stream().map(Violation::text).collect(Collectors.joining("\n"));
    assertEquals(EnumSet.copyOf(List.of(expected)), named, stories);
    for (Violation violation : verdict.violations()) {
      assertTrue(violation.text().contains("replay: ./parley chaos --seed 7"));
    }
    return verdict;
  }

  static Wish.Send send(UUID conversation, UUID id, int attempt, Via via) {
    return new Wish.Send(conversation, id, attempt, via, 1, 20);
  }

  /// The line in which a device is acknowledged a message.
  static int acknowledgement(Recorded recorded, SimulatedDevice device, UUID message) {
    return recorded.find(
        device, entry -> entry instanceof Answer.Sent sent && sent.id().equals(message));
  }

  static Logged with(Logged row, long seq, UUID user, UUID id, long hash) {
    return new Logged(
        row.conversation(),
        seq,
        row.time(),
        row.kind(),
        user,
        row.member(),
        row.role(),
        id,
        hash,
        row.erased());
  }
}
