package dev.parley.gateway.slot;

import dev.parley.gateway.route.Slot;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready means: the slot is claimed, and where reading of deliveries begins is known.
@Readiness
@ApplicationScoped
class SlotReadiness implements HealthCheck {
  private final Slot slot;

  SlotReadiness(Slot slot) {
    this.slot = slot;
  }

  @Override
  public HealthCheckResponse call() {
    var response = HealthCheckResponse.named("slot").status(slot.address().isPresent());
    slot.address().ifPresent(address -> response.withData("slot", address.slot()));
    return response.build();
  }
}
