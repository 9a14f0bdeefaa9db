package dev.parley.messages.log;

import dev.parley.contracts.event.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// An event as it is stored.
///
/// @param origin the command that it came from; null if it came in over REST
public record EventRow(LoggedEvent event, @Nullable Origin origin) {
  /// Where a command stands in Kafka.
  ///
  /// @param source `progress.source`, which stands for topic and partition
  public record Origin(int source, long offset) {}
}
