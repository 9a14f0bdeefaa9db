package dev.parley.gateway.transport.websocket;

import dev.parley.testing.ParleyBackends;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The gateway with sessions that echo, and with room for the largest messages of the Autobahn
/// suite; otherwise as in production.
public class EchoProfile implements QuarkusTestProfile {
  static final Map<String, String> SIZES =
      Map.of(
          "parley.gateway.transport.max-message", "16M",
          "parley.gateway.transport.max-queue", "32M");

  @Override
  public Set<Class<?>> getEnabledAlternatives() {
    return Set.of(Echo.class);
  }

  @Override
  public List<TestResourceEntry> testResources() {
    return List.of(new TestResourceEntry(ParleyBackends.class));
  }

  @Override
  public Map<String, String> getConfigOverrides() {
    return SIZES;
  }
}
