package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Via;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What somebody wants: mostly to say something, sometimes to change, delete or react to what was
/// said, to look back, or, by habit, to read slowly or to lose the connection. On the event loop.
final class Talk {
  private static final int BURST = 8;
  private static final int PATIENCE = 8;
  private static final int MEMORY = 30;
  private static final List<String> EMOJI = List.of("👍", "❤️", "😂", "🎉");
  private static final String WORDS =
      "the quick brown fox jumps over the lazy dog, и ещё раз, 再来一次, encore une fois; ";

  private final Desk desk;
  private final Habit habit;
  private final Pace pace;
  private final Device device;
  private final List<Said> own = new ArrayList<>();
  private final List<Said> others = new ArrayList<>();
  private long count;
  private boolean stopped;
  private boolean reads = true;

  private record Said(UUID conversation, UUID message) {}

  Talk(Desk desk, Habit habit, Pace pace, Device device) {
    this.desk = desk;
    this.habit = habit;
    this.pace = pace;
    this.device = device;
  }

  void start() {
    next();
    if (habit == Habit.RESTLESS) {
      later(Duration.ofSeconds(6), this::loseConnection);
    } else if (habit == Habit.SLOW) {
      later(Duration.ofSeconds(6), this::stopReading);
    }
  }

  void stop() {
    stopped = true;
    readAgain();
  }

  /// A new connection reads, whatever the one before did.
  void connected() {
    reads = true;
  }

  /// Whether it reads at the moment.
  boolean reads() {
    return reads;
  }

  void saw(Push.Event event) {
    if (event.kind().equals("message") && event.id() != null && !event.erased()) {
      remember(others, event.conversation(), event.id());
      if (!habit.lags()) {
        desk.ledger().delivered(event.id());
      }
    }
  }

  void acknowledged(Command command, long seq) {
    if (command.isMessage()) {
      desk.ledger().acknowledged(command.via());
      remember(own, command.conversation(), command.id());
    }
    int luck = random().nextInt(100);
    if (luck < 4) {
      device.paging().look(command.conversation(), Purpose.AFTER_ACKNOWLEDGE, seq - 1, 5);
    } else if (luck < 6) {
      device.paging().lookOverRest(command.conversation(), Purpose.AFTER_ACKNOWLEDGE, seq - 1, 5);
    }
  }

  private void next() {
    boolean bursty = habit == Habit.BURSTY;
    later(
        bursty ? pace.between().multipliedBy(BURST) : pace.between(),
        () -> {
          int most = bursty ? BURST * 3 : PATIENCE;
          for (int n = 0; n < (bursty ? BURST : 1) && device.unanswered() < most; n++) {
            want();
          }
          next();
        });
  }

  private void want() {
    UUID conversation = anyOf(new ArrayList<>(desk.positions().last().keySet()));
    if (conversation == null) {
      return;
    }
    int luck = random().nextInt(100);
    Said mine = anyOf(own);
    Said seen = anyOf(others);
    if (luck < 3 && mine != null) {
      device.say(Command.edit(mine.conversation(), mine.message(), content()));
    } else if (luck < 5 && mine != null) {
      own.remove(mine);
      device.say(Command.delete(mine.conversation(), mine.message()));
    } else if (luck < 9 && seen != null) {
      String emoji = EMOJI.get(random().nextInt(EMOJI.size()));
      boolean on = random().nextInt(4) > 0;
      device.say(Command.react(seen.conversation(), seen.message(), emoji, on));
    } else if (luck < 10) {
      long after = Math.max(0, desk.positions().last().getOrDefault(conversation, 0L) - 20);
      device.paging().look(conversation, Purpose.LOOK, after, 20);
    } else if (luck < 12) {
      device.request(Command.send(conversation, Via.REST, content()));
    } else {
      device.say(Command.send(conversation, Via.SOCKET, content()));
    }
  }

  private ObjectNode content() {
    int repeated = random().nextInt(50) == 0 ? 1 + random().nextInt(60) : random().nextInt(3);
    String text = "%s %d %s".formatted(device.label(), ++count, WORDS.repeat(repeated));
    return Json.object().put("text", text);
  }

  private void loseConnection() {
    if (!stopped) {
      device.lose(random().nextLong(1_500));
      later(Duration.ofSeconds(7), this::loseConnection);
    }
  }

  private void stopReading() {
    if (!stopped && desk.live()) {
      reads = false;
      device.reading(false);
      desk.later(1_000 + random().nextLong(4_000), this::readAgain);
    }
    if (!stopped) {
      later(Duration.ofSeconds(8), this::stopReading);
    }
  }

  private void readAgain() {
    reads = true;
    device.reading(true);
  }

  /// After a time that is `mean` on average, and never less than a tenth of it.
  private void later(Duration mean, Runnable action) {
    if (!stopped) {
      double factor = 0.1 - 0.9 * Math.log(1 - random().nextDouble());
      desk.later(
          (long) (mean.toMillis() * factor),
          () -> {
            if (!stopped) {
              action.run();
            }
          });
    }
  }

  private RandomGenerator random() {
    return desk.random();
  }

  private <T> @Nullable T anyOf(List<T> all) {
    return all.isEmpty() ? null : all.get(random().nextInt(all.size()));
  }

  private static void remember(List<Said> memory, UUID conversation, UUID message) {
    if (memory.size() == MEMORY) {
      memory.removeFirst();
    }
    memory.add(new Said(conversation, message));
  }
}
