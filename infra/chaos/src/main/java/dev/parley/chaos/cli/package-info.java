/// `./parley chaos`.
@NullMarked
package dev.parley.chaos.cli;

import org.jspecify.annotations.NullMarked;
