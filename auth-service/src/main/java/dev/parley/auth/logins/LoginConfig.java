package dev.parley.auth.logins;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// How long people stay logged in.
@ConfigMapping(prefix = "parley.auth.login")
public interface LoginConfig {
  /// How long a login lasts without a refresh. Default 30 days: a device in daily use never asks
  /// for the password again.
  @WithDefault("30D")
  Duration life();

  /// For how long a used refresh token may be repeated while its successor is unused. Default 30 s:
  /// time to notice that an answer was lost, and too short to profit from a stolen token.
  @WithDefault("30S")
  Duration lostAnswer();
}
