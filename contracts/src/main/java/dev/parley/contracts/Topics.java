package dev.parley.contracts;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The Kafka topics that services share, under an optional prefix (so that several installations or
/// test modules can use one cluster).
///
/// @param prefix put before every name; empty in production
/// @param commandPartitions of `commands` and `signals`, chosen once: at most this many
///   message-service instances. Two processes that disagree about it would put commands of one
///   conversation into two partitions.
public record Topics(String prefix, int commandPartitions) {
  /// Where nothing else is chosen.
  public static final int COMMAND_PARTITIONS = 32;

  /// Slots of `deliveries`: at most this many gateways; more may be added at any time.
  public static final int SLOTS = 64;

  /// Partitions of `sessions` and `presence.seen`: at most this many presence-service instances.
  public static final int SESSION_PARTITIONS = 16;

  /// The partition of `deliveries` that every gateway always reads. Slot n is partition n, from 1.
  public static final int BROADCAST = 0;

  /// Fails on a number of partitions that cannot be.
  public Topics {
    if (commandPartitions < 1) {
      throw new IllegalArgumentException(commandPartitions + " partitions of commands");
    }
  }

  /// With [#COMMAND_PARTITIONS].
  public Topics(String prefix) {
    this(prefix, COMMAND_PARTITIONS);
  }

  private static final String DELETE = "delete";
  private static final String COMPACT = "compact";

  /// One topic as it is created.
  ///
  /// @param growable whether it may have more partitions than these; where the partition follows
  ///   from the key it may not
  /// @param settings topic settings of Kafka, by key
  public record Spec(String name, int partitions, boolean growable, Map<String, String> settings) {}

  /// Changes to logs, keyed by conversation; gateways write, the message-service reads.
  public Spec commands() {
    return spec("commands", commandPartitions, DELETE, Duration.ofDays(7));
  }

  /// Commands that can never be applied, with header `cause`.
  public Spec commandsDead() {
    return growable(spec("commands.dead", 1, DELETE, Duration.ofDays(30)));
  }

  /// Events and replies on their way to gateways, by slot.
  public Spec deliveries() {
    return growable(spec("deliveries", SLOTS + 1, DELETE, Duration.ofMinutes(10)));
  }

  /// Typing, signals and read positions, keyed by conversation.
  public Spec signals() {
    return spec("signals", commandPartitions, DELETE, Duration.ofMinutes(10));
  }

  /// Ephemeral pushes and their replies on their way to gateways, by slot.
  public Spec signalDeliveries() {
    return growable(spec("signals.deliveries", SLOTS + 1, DELETE, Duration.ofMinutes(10)));
  }

  /// Sessions opened, closed and snapshots, keyed by user; gateways write, the presence-service
  /// reads.
  public Spec sessions() {
    return spec("sessions", SESSION_PARTITIONS, DELETE, Duration.ofHours(1));
  }

  /// Revoked logins and users; compacted, and forgotten long after the last token that they could
  /// concern.
  public Spec revocations() {
    return spec("revocations", 1, COMPACT + "," + DELETE, Duration.ofDays(1));
  }

  /// What was last told of each user's presence, last seen included; compacted, so that a wiped
  /// Redis can be filled again. Partitioned as `sessions`.
  public Spec presenceSeen() {
    return spec("presence.seen", SESSION_PARTITIONS, COMPACT, Duration.ofDays(1));
  }

  /// All of them.
  public List<Spec> all() {
    return List.of(
        commands(),
        commandsDead(),
        deliveries(),
        signals(),
        signalDeliveries(),
        sessions(),
        revocations(),
        presenceSeen());
  }

  private Spec spec(String name, int partitions, String cleanup, Duration retention) {
    Map<String, String> settings = new HashMap<>();
    settings.put("cleanup.policy", cleanup);
    if (cleanup.contains(DELETE)) {
      settings.put("retention.ms", Long.toString(retention.toMillis()));
    }
    // Only closed segments are deleted or compacted, and one that is not full stays open for a
    // week.
    settings.put("segment.ms", Long.toString(retention.toMillis()));
    // Retention goes by the brokers' clocks: a broker refuses records from a clock that is an hour
    // ahead, and soon drops those from one that is behind.
    settings.put("message.timestamp.type", "LogAppendTime");
    return new Spec(prefix + name, partitions, false, settings);
  }

  private static Spec growable(Spec spec) {
    return new Spec(spec.name(), spec.partitions(), true, spec.settings());
  }
}
