package dev.parley.gateway.transport.websocket;

import java.util.HashMap;
import java.util.Map;

/// Time limits that tests can wait for. Those that a client must not reach are still longer than a
/// machine that builds stands still.
public class Brisk extends WebSockets {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> config = new HashMap<>(super.getConfigOverrides());
    config.put("parley.gateway.transport.ping-interval", "1s");
    config.put("parley.gateway.transport.idle-timeout", "15s");
    config.put("parley.gateway.transport.close-timeout", "2s");
    config.put("parley.gateway.transport.slow-timeout", "15s");
    return config;
  }
}
