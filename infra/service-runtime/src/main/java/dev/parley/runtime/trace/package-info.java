/// Traces of messages: what travels with them, and the spans that sampled ones leave.
@NullMarked
package dev.parley.runtime.trace;

import org.jspecify.annotations.NullMarked;
