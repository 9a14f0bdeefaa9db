/// Which pages of other origins may read what REST answers.
@NullMarked
package dev.parley.runtime.origin;

import org.jspecify.annotations.NullMarked;
