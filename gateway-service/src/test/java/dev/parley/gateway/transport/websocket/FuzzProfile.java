package dev.parley.gateway.transport.websocket;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// Production's sessions, without a limit of commands and with little patience for the
/// message-service, which is not there.
public class FuzzProfile implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "parley.gateway.limit.commands-per-second", "1000000",
        "parley.gateway.limit.command-burst", "1000000",
        "parley.gateway.limit.reply-within", "3s");
  }
}
