/// What comes back to gateways over `deliveries` and `signals.deliveries`.
@NullMarked
package dev.parley.contracts.delivery;

import org.jspecify.annotations.NullMarked;
