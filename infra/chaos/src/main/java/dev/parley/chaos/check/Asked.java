package dev.parley.chaos.check;

import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One thing that a device asked for, with all its attempts.
final class Asked {
  private final Wish first;
  private final long at;
  private final int connection;
  private int attempts;
  private int undecided;
  private @Nullable Acknowledged acknowledged;
  private boolean firstAnswerSeen;

  /// The first answer.
  ///
  /// @param conversation that it names
  /// @param seq null where nothing has changed
  /// @param time null where nothing has changed
  record Acknowledged(UUID conversation, @Nullable Long seq, @Nullable Long time) {}

  /// @param connection of the device, on which it was asked for first
  Asked(Wish first, long at, int connection) {
    this.first = first;
    this.at = at;
    this.connection = connection;
  }

  Wish wish() {
    return first;
  }

  /// When it was asked for first.
  long at() {
    return at;
  }

  int connection() {
    return connection;
  }

  void attempt() {
    // What is repeated after the answer had come has its place already.
    attempts += acknowledged == null ? 1 : 0;
    undecided++;
  }

  /// An attempt was answered so that it is known what came of it.
  void decided() {
    undecided--;
  }

  /// The attempts of which it is not known.
  int undecided() {
    return undecided;
  }

  @Nullable Acknowledged acknowledged() {
    return acknowledged;
  }

  void acknowledge(Acknowledged answer) {
    acknowledged = answer;
  }

  /// Notes an answer; returns whether it should say `repeated` and does not: as the second one, or
  /// as one to an attempt that was made after an answer had come.
  ///
  /// @param known whether one had
  boolean secondFirst(boolean repeated, boolean known) {
    boolean second = !repeated && (firstAnswerSeen || known);
    firstAnswerSeen |= !repeated;
    return second;
  }

  /// Whether its place among the commands of its session is promised.
  boolean ordered() {
    return attempts == 1
        && switch (first) {
          case Wish.Send send -> send.via() == Via.SOCKET;
          case Wish.Change change -> change.via() == Via.SOCKET;
          case Wish.Create create -> false;
        };
  }

  /// Whether the same id gets the same answer for ever. REST takes no key for the others.
  boolean keyed() {
    return switch (first) {
      case Wish.Send send -> true;
      case Wish.Create create -> true;
      case Wish.Change change -> change.kind() == ChangeKind.ADD || named(change.kind());
    };
  }

  /// Whether the id of such a change stands in the log.
  static boolean named(ChangeKind kind) {
    return switch (kind) {
      case EDIT, DELETE, REACT, PIN -> true;
      case UPDATE, ADD, REMOVE, ROLE, JOIN, LEAVE -> false;
    };
  }

  /// Whether its id stands in the log.
  boolean named() {
    return switch (first) {
      case Wish.Send send -> true;
      case Wish.Create create -> false;
      case Wish.Change change -> named(change.kind());
    };
  }

  /// The conversation that it is about; of one that is to be opened the one that the answer names.
  @Nullable UUID conversation() {
    return switch (first) {
      case Wish.Send send -> send.conversation();
      case Wish.Change change -> change.conversation();
      case Wish.Create create -> acknowledged == null ? null : acknowledged.conversation();
    };
  }
}
