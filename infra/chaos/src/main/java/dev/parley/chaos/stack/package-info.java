/// The stack of a run: real processes as `./parley up` starts them, every link between them through
/// a proxy of its own; or containers that run already.
@NullMarked
package dev.parley.chaos.stack;

import org.jspecify.annotations.NullMarked;
