package dev.parley.chaos.stack;

import java.util.List;

/// Names in Kafka that the harness needs. It has no other business with what services share.
public final class Groups {
  /// The consumer group that applies commands.
  public static final String COMMANDS = "message-service.commands";

  /// What it reads.
  public static final String TOPIC = "commands";

  /// All that read what others wait for.
  public static final List<String> ALL =
      List.of(COMMANDS, "message-service.signals", "presence-service");

  private Groups() {}
}
