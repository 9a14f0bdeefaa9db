/// Judges a run: holds what its clients wrote down ([dev.parley.chaos.history]) against the
/// database's log, the faults and what was measured at the end. It knows nothing of how the run was
/// made. Each device's file is read once, whatever its size; of the log it keeps every row.
@NullMarked
package dev.parley.chaos.check;

import org.jspecify.annotations.NullMarked;
