/// What the clients of a run write down: one file for each device, one line for each thing that the
/// client intends or sees, handed to the operating system BEFORE the client acts on it. Whatever
/// happens to the harness, the files hold no more and no less than what its clients knew.
@NullMarked
package dev.parley.chaos.history;

import org.jspecify.annotations.NullMarked;
