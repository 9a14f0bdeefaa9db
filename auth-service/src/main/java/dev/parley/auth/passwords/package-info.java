/// Password hashing, and how much of it may happen at once.
@NullMarked
package dev.parley.auth.passwords;

import org.jspecify.annotations.NullMarked;
