/// Where is my message: what each process remembers of it, and how it is asked.
@NullMarked
package dev.parley.runtime.trail;

import org.jspecify.annotations.NullMarked;
