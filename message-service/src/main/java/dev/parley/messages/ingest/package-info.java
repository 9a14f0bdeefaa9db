/// The way in from Kafka: commands are read in batches, decided by a pure function, and stored with
/// the progress of their partitions in one transaction (architecture, Ordering).
@NullMarked
package dev.parley.messages.ingest;

import org.jspecify.annotations.NullMarked;
