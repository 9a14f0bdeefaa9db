package dev.parley.presence;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/// The rules of production in a fraction of the time.
public final class QuickTiming implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "parley.presence.grace", "2S",
        "parley.presence.settle", "200ms",
        "parley.presence.lease", "2S",
        "parley.presence.beat", "200ms",
        // Longer than a busy machine lets a gateway stand between a wipe and its claim.
        "parley.presence.gather", "3S");
  }
}
