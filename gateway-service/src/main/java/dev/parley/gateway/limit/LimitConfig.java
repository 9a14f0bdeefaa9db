package dev.parley.gateway.limit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// What one session and one user may ask. The whole table is in docs/limits.md.
@ConfigMapping(prefix = "parley.gateway.limit")
public interface LimitConfig {
  /// Commands a second that a session may keep up. Default 500: far above what people do, and what
  /// a program should spread over several conversations' sessions.
  @WithDefault("500")
  int commandsPerSecond();

  /// Commands that may come at once after a pause. Default 1,000: two seconds' worth.
  @WithDefault("1000")
  int commandBurst();

  /// Live sessions of one user, on all gateways together. Default 50: every device of a person many
  /// times over.
  @WithDefault("50")
  int sessionsPerUser();

  /// Users whose presence one session watches. Default 1,000: more than a screen shows.
  @WithDefault("1000")
  int watched();

  /// Commands of one session that are not answered yet; further ones are not read meanwhile.
  /// Default 1,000, the burst.
  @WithDefault("1000")
  int unanswered();

  /// Characters of one string in a command's JSON. Default 32 Ki: as much as content may have.
  @WithDefault("32768")
  int jsonString();

  /// Characters of one number in a command's JSON. Default 1,000: what the parsers of other
  /// languages still take, since numbers in content are passed on as they are spelled.
  @WithDefault("1000")
  int jsonNumber();

  /// Values in a command's JSON, at all depths together. Default 10,000: they cost a hundred bytes
  /// each while the command is read, and every known list at its longest is far below.
  @WithDefault("10000")
  int jsonValues();

  /// Time within which a connection must say `connect`. Default 10 s: the slowest handshake of a
  /// phone.
  @WithDefault("10s")
  Duration connectWithin();

  /// Time after which an owed reply is `timeout`. Default 15 s: longer than a message-service that
  /// dies takes to be replaced.
  @WithDefault("15s")
  Duration replyWithin();
}
