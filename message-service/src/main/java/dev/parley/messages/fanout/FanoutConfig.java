package dev.parley.messages.fanout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How events leave the message-service.
@ConfigMapping(prefix = "parley.messages.fanout")
public interface FanoutConfig {
  /// How long a look-up of routes may take before everything is broadcast. A look-up takes a
  /// millisecond; a quarter of a second is still unnoticed by people.
  @WithDefault("250ms")
  Duration lookupTimeout();

  /// After failed look-ups Redis is left alone for a while that doubles up to this, so that a dead
  /// Redis does not delay every batch. Short, since broadcasts cost every gateway: two such pauses
  /// end within 10 s of Redis' return.
  @WithDefault("4s")
  Duration lookupPauseMax();

  /// How long a record gathers company before it is sent. Measured: 1 ms halves the latency under
  /// load of 0 ms and costs a quiet system nothing that is felt.
  @WithDefault("1ms")
  Duration linger();

  /// How long Kafka may take to acknowledge before a record counts as failed and its batch is
  /// distributed again from the log. Longer than a broker's restart.
  @WithDefault("30s")
  Duration acknowledgeTimeout();

  /// How old a row of the outbox must be for any instance to take it. The instance that wrote it
  /// takes milliseconds.
  @WithDefault("2s")
  Duration outboxAge();

  /// How long a sweep waits for acknowledgements with its rows locked. Below the time after which
  /// the server ends a transaction that stands still (`idle_in_transaction_session_timeout`, 10 s).
  @WithDefault("5s")
  Duration outboxPatience();

  /// How often the outbox is looked through: one query on a table that is empty almost always.
  @WithDefault("2s")
  Duration outboxSweep();

  /// How often gateways are told the heads of conversations that changed. Default 3 s: with the
  /// second that a gateway gives records on their way, and the time to fetch, no event whose record
  /// was lost stays unseen for more than 5 s.
  @WithDefault("3s")
  Duration tellHeads();
}
