package dev.parley.gateway.kafka;

/// Why a record is not known to be in Kafka.
public enum Loss {
  /// It never left this process; writing it again cannot double it.
  NOT_WRITTEN,
  /// It may be there, or come to be there yet.
  PERHAPS_WRITTEN
}
