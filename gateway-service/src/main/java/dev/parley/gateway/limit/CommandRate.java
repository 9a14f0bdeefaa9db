package dev.parley.gateway.limit;

import java.time.Duration;

/// The rate of one session's commands: a bucket of tokens that fills steadily. Whoever goes on
/// although commands are refused is first not read for a while, and at last sent away.
///
/// Confined to the session's event loop; time comes from outside.
public final class CommandRate {
  /// What to do with a command.
  public enum Decision {
    /// It is within the rate.
    PASS,
    /// It is refused; the client may go on after [#RETRY_AFTER].
    REFUSE,
    /// It is refused, and nothing is read from the client for [#PAUSE].
    REFUSE_AND_PAUSE,
    /// The client floods: the session ends.
    FLOOD
  }

  /// What a refused client is told to wait.
  public static final Duration RETRY_AFTER = Duration.ofMillis(200);

  /// How long a client that ignores refusals is not read.
  public static final Duration PAUSE = Duration.ofSeconds(1);

  /// A client that is refused so often, pauses in between, does not listen.
  private static final int PAUSES = 5;

  private static final long FORGIVEN_NANOS = Duration.ofSeconds(10).toNanos();

  private final int burst;
  private final double perNano;
  private double tokens;
  private long filledAt;
  private int refused;
  private int pauses;
  private long refusedAt;

  /// A full bucket.
  public CommandRate(int perSecond, int burst, long nowNanos) {
    this.burst = burst;
    this.perNano = perSecond / 1e9;
    this.tokens = burst;
    this.filledAt = nowNanos;
  }

  /// Decides on one command.
  public Decision next(long nowNanos) {
    tokens = Math.min(burst, tokens + (nowNanos - filledAt) * perNano);
    filledAt = nowNanos;
    if (tokens >= 1) {
      tokens--;
      return Decision.PASS;
    }
    if (nowNanos - refusedAt > FORGIVEN_NANOS) {
      refused = 0;
      pauses = 0;
    }
    refusedAt = nowNanos;
    refused++;
    if (refused % burst != 0) {
      return Decision.REFUSE;
    }
    pauses++;
    return pauses > PAUSES ? Decision.FLOOD : Decision.REFUSE_AND_PAUSE;
  }
}
