package dev.parley.gateway.transport.websocket;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The gateway with sessions that echo; beats are short so that tests need not wait.
public class WebSockets implements QuarkusTestProfile {
  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(TestAcceptor.class);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(ParleyBackends.class));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "parley.gateway.transport.ping-interval", "1s",
        "parley.gateway.transport.idle-timeout", "3s",
        "parley.gateway.transport.close-timeout", "2s",
        "parley.gateway.transport.slow-timeout", "7s",
        "parley.gateway.transport.drain.notice", "0s");
  }
}
