/// Breaks what the schedule says, and takes it back.
@NullMarked
package dev.parley.chaos.fault;

import org.jspecify.annotations.NullMarked;
