package dev.parley.gateway.transport.websocket;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The gateway with sessions that echo, and with time limits that a machine that stands still for a
/// while does not reach; [Brisk] is for tests that wait until they have passed.
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
        "parley.gateway.transport.close-timeout", "10s",
        "parley.gateway.transport.slow-timeout", "60s",
        "parley.gateway.transport.drain.notice", "0s");
  }
}
