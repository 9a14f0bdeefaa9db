/// How a REST request is refused: one exception, one document, one place that makes it.
@NullMarked
package dev.parley.runtime.problem;

import org.jspecify.annotations.NullMarked;
