/// Starts the processes of a plan in order, watches them, restarts those that die, and stops them
/// in order.
@NullMarked
package dev.parley.stack.supervisor;

import org.jspecify.annotations.NullMarked;
