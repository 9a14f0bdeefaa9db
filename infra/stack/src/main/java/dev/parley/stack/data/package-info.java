/// A stack's data directory: who uses it, what runs in it, its secrets.
@NullMarked
package dev.parley.stack.data;

import org.jspecify.annotations.NullMarked;
