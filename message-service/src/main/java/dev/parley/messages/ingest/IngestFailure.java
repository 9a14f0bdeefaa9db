package dev.parley.messages.ingest;

import org.jspecify.annotations.Nullable;

/// Something that passes stands in the way (Kafka does not take a record): try again later.
final class IngestFailure extends RuntimeException {
  IngestFailure(@Nullable String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
