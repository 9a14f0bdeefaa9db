package dev.parley.messages.ingest;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The topic `commands`, which may be another one of the same name from one moment to the next.
interface CommandsTopic {
  String name();

  /// Kafka's id of it now. Blocks.
  UUID id() throws InterruptedException;

  /// The id as it was when it was last looked at, some seconds ago; null if that was not yet. Never
  /// blocks.
  @Nullable UUID lastId();
}
