package dev.parley.runtime.health;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.jspecify.annotations.Nullable;

/// Answers of health checks: whoever is down says why, in a sentence, as `cause`.
public final class Check {
  private Check() {}

  /// The answer of check `name`, to which more may be added: up if there is no cause to be down.
  public static HealthCheckResponseBuilder builder(String name, @Nullable String cause) {
    HealthCheckResponseBuilder answer = HealthCheckResponse.named(name).status(cause == null);
    return cause == null ? answer : answer.withData("cause", cause);
  }

  /// The answer of check `name`: up if there is no cause to be down.
  public static HealthCheckResponse of(String name, @Nullable String cause) {
    return builder(name, cause).build();
  }
}
