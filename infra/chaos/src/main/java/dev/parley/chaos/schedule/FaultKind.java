package dev.parley.chaos.schedule;

import java.util.Arrays;
import java.util.stream.Collectors;

/// What can be broken.
public enum FaultKind {
  /// SIGKILL; the supervisor starts the process again.
  KILL("kill", 5),
  /// SIGTERM (SIGINT for PostgreSQL), and a start when it has ended.
  TERM("term", 3),
  /// SIGSTOP, and SIGCONT after 5 to 40 s.
  STOP("stop", 4),
  /// A link refuses connections, and has closed those there were.
  CUT("cut", 3),
  /// The connections of a link are reset again and again.
  RESET("reset", 2),
  /// A link delays by 50 to 500 ms in each direction.
  DELAY("delay", 2),
  /// A link takes everything and passes on nothing, without a word.
  HALF_OPEN("half-open", 3),
  /// A link from a gateway to Kafka, or from a message-service to PostgreSQL, passes a few KiB a
  /// second.
  DRIP("drip", 2),
  /// FLUSHALL.
  FLUSH_REDIS("flush-redis", 2),
  /// PostgreSQL's disk is full.
  DISK_FULL("disk-full", 1),
  /// All gateways, one after the other.
  ROLLING_GATEWAYS("rolling-gateways", 1),
  /// All message-services, one after the other.
  ROLLING_MESSAGES("rolling-messages", 1),
  /// All brokers, one after the other; needs three.
  ROLLING_BROKERS("rolling-brokers", 1),
  /// A consumer joins the group that reads commands, and leaves it, every 5 s for a minute.
  REBALANCE("rebalance", 1);

  private final String text;
  private final int cards;

  FaultKind(String text, int cards) {
    this.text = text;
    this.cards = cards;
  }

  /// As people write it.
  public String text() {
    return text;
  }

  /// How often it is in a deck.
  int cards() {
    return cards;
  }

  /// The kind of this name.
  ///
  /// @throws IllegalArgumentException naming those there are
  public static FaultKind of(String text) {
    return Arrays.stream(values())
        .filter(kind -> kind.text.equals(text))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "--only "
                    + text
                    + ": there is no such kind of fault; there are "
                    + Arrays.stream(values())
                        .map(FaultKind::text)
                        .collect(Collectors.joining(", "))));
  }
}
