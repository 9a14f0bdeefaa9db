/// One run from its beginning to its verdict.
@NullMarked
package dev.parley.chaos.run;

import org.jspecify.annotations.NullMarked;
