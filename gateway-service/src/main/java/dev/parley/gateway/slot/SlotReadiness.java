package dev.parley.gateway.slot;

import dev.parley.runtime.health.Check;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/// Ready, and at first started, means: the slot is claimed, and where reading of deliveries begins
/// is known.
@Readiness
@Startup
@ApplicationScoped
class SlotReadiness implements HealthCheck {
  private final SlotKeeper keeper;

  SlotReadiness(SlotKeeper keeper) {
    this.keeper = keeper;
  }

  @Override
  public HealthCheckResponse call() {
    var response = Check.builder("slot", keeper.problem());
    keeper.address().ifPresent(address -> response.withData("slot", address.slot()));
    return response.build();
  }
}
