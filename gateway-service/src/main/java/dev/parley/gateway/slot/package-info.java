/// This gateway's place in `deliveries`: claimed, kept, read and given up.
@NullMarked
package dev.parley.gateway.slot;

import org.jspecify.annotations.NullMarked;
