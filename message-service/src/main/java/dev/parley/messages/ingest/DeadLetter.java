package dev.parley.messages.ingest;

import java.time.Duration;

/// A record as it came from Kafka, kept at hand in case that nothing can be made of it.
@FunctionalInterface
interface DeadLetter {
  /// Puts the record away with `cause` and waits until it is safe there.
  ///
  /// @throws IngestFailure if it is not within `limit`
  void bury(String cause, Duration limit) throws InterruptedException;
}
