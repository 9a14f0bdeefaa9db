package dev.parley.messages.ingest;

/// How members of a Kafka group come to their partitions.
public enum GroupProtocol {
  /// The broker assigns, one partition after the other (KIP-848).
  CONSUMER,
  /// The members agree on an assignment together.
  CLASSIC
}
