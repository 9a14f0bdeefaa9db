/// How services tell whether they are well.
@NullMarked
package dev.parley.runtime.health;

import org.jspecify.annotations.NullMarked;
