/// What the `docker` command is asked, and how its answers are read.
@NullMarked
package dev.parley.chaos.docker;

import org.jspecify.annotations.NullMarked;
