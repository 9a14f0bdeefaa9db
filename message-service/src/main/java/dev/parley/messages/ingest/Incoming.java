package dev.parley.messages.ingest;

import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.messages.fanout.Outgoing.Trace;
import org.jspecify.annotations.Nullable;

/// A record of `commands`.
sealed interface Incoming {
  int partition();

  long offset();

  /// When Kafka appended it, epoch milliseconds by the broker's clock; 0 if that is not known.
  long appended();

  Trace trace();

  /// A command to be applied.
  record Wellformed(
      int partition, long offset, long appended, Command command, Trace trace, DeadLetter letter)
      implements Incoming {}

  /// A record that only moves its partition's progress: it is in `commands.dead`.
  ///
  /// @param reply who is owed `internal`, as far as the record says
  record Dead(int partition, long offset, long appended, @Nullable ReplyAddress reply, Trace trace)
      implements Incoming {}
}
