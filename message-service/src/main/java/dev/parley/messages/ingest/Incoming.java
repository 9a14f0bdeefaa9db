package dev.parley.messages.ingest;

import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.messages.fanout.Outgoing.Trace;
import org.jspecify.annotations.Nullable;

/// A record of `commands`.
sealed interface Incoming {
  int partition();

  long offset();

  Trace trace();

  /// A command to be applied.
  record Wellformed(int partition, long offset, Command command, Trace trace, DeadLetter letter)
      implements Incoming {}

  /// A record that only moves its partition's progress: it is in `commands.dead`.
  ///
  /// @param reply who is owed `internal`, as far as the record says
  record Dead(int partition, long offset, @Nullable ReplyAddress reply, Trace trace)
      implements Incoming {}
}
