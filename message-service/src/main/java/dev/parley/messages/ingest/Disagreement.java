package dev.parley.messages.ingest;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// What Kafka and the database do not agree on when a partition is taken over: one of them has been
/// lost, emptied or put back to an earlier state. Nobody was told of a command that it is done
/// before it was in the database, so that going on is always right; but an operator must know.
sealed interface Disagreement {
  /// The offset at which nothing is passed over that can still be applied.
  long goOn();

  /// What happened and what to do, for people.
  String told();

  /// Commands were deleted before they were applied.
  record Expired(long next, long begin) implements Disagreement {
    @Override
    public long goOn() {
      return begin;
    }

    @Override
    public String told() {
      return ("Kafka has deleted commands %d to %d before they were applied: the message-service"
              + " was away for longer than the topic's retention. Their senders were told"
              + " `timeout`")
          .formatted(next, begin - 1);
    }
  }

  /// Kafka has lost its end, and perhaps given the offsets to others since.
  record Rewritten(long next, long from) implements Disagreement {
    @Override
    public long goOn() {
      return from;
    }

    @Override
    public String told() {
      return ("Kafka has lost what stood at %d to %d when it was applied: it was put back to an"
              + " earlier state. What stands there now is applied; what it lost and was never"
              + " applied was told `timeout`")
          .formatted(from, next - 1);
    }
  }

  /// The database has not applied what was applied.
  record Older(long next, long applied) implements Disagreement {
    @Override
    public long goOn() {
      return next;
    }

    @Override
    public String told() {
      return ("commands %d to %d had been applied, but this database does not know it: it was put"
              + " back to an earlier state. They are applied again; what came in over REST"
              + " since that state, and commands that Kafka has deleted, are lost with the"
              + " newer database")
          .formatted(next, applied - 1);
    }
  }

  /// The topic is another one than this database has seen.
  record Remade(long begin) implements Disagreement {
    @Override
    public long goOn() {
      return begin;
    }

    @Override
    public String told() {
      return "topic `commands` was made anew. What is in it is applied from its begin; what stood"
          + " in the former one and was never applied was told `timeout`";
    }
  }

  /// What Kafka says of one partition after every earlier owner has been fenced.
  ///
  /// @param younger the first command that was appended later than all that were applied
  /// @param shown how far the group has come, as was shown for display; behind the truth by seconds
  record Place(long begin, long end, OptionalLong younger, OptionalLong shown) {}

  /// Compares a partition's stored offset with what Kafka says. Pure.
  ///
  /// @param next the first offset that is not applied
  /// @param first whether this topic was never read before, though another of its name was
  static @Nullable Disagreement between(long next, boolean first, Place kafka) {
    if (next < kafka.begin()) {
      return new Expired(next, kafka.begin());
    }
    long from = Math.max(kafka.begin(), Math.min(kafka.end(), kafka.younger().orElse(next)));
    if (from < next) {
      return new Rewritten(next, from);
    }
    if (kafka.shown().orElse(0) > next) {
      return new Older(next, kafka.shown().orElse(0));
    }
    return first ? new Remade(next) : null;
  }
}
