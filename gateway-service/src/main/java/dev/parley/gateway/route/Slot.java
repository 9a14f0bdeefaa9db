package dev.parley.gateway.route;

import dev.parley.contracts.routing.SlotAddress;
import java.util.Optional;

/// Where this gateway is reached by the services behind it. Any thread.
public interface Slot {
  /// The slot and the incarnation that holds it; empty while there is none or deliveries cannot be
  /// read yet: then no session may be accepted, and nothing may be written to one.
  Optional<SlotAddress> address();
}
