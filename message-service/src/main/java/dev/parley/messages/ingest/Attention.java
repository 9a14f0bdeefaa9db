package dev.parley.messages.ingest;

import dev.parley.runtime.health.Check;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.jspecify.annotations.Nullable;

/// Says that an operator should look at something, until the process is started again. It is no
/// reason to send nobody here, so that it is neither a part of readiness nor of liveness but of
/// `/q/health/well`. Thread-safe.
@Singleton
@Wellness
final class Attention implements HealthCheck {
  private volatile @Nullable String reason;

  /// From now on there is a reason; the last one is shown.
  void call(String reason) {
    this.reason = reason;
  }

  @Override
  public HealthCheckResponse call() {
    return Check.of("Kafka and the database agree", reason);
  }
}
