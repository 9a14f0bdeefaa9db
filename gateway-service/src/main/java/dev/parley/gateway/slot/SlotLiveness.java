package dev.parley.gateway.slot;

import dev.parley.runtime.health.Check;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Alive means: what claims and keeps the slot is at work. That Redis or Kafka is away does not
/// matter here: starting again would not bring them back.
@Liveness
@ApplicationScoped
class SlotLiveness implements HealthCheck {
  private final SlotKeeper keeper;

  SlotLiveness(SlotKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public HealthCheckResponse call() {
    return Check.of(
        "slot keeper", keeper.atWork() ? null : "Its thread has ended; only a restart helps.");
  }
}
