/// What never enters the log (typing, signals, read positions), from gateways over `signals`.
@NullMarked
package dev.parley.contracts.signal;

import org.jspecify.annotations.NullMarked;
