/// The commands of `./parley`, one class each. All output of the program is made here.
@NullMarked
package dev.parley.stack.cli;

import org.jspecify.annotations.NullMarked;
