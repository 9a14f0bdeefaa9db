/// The keys that sign access tokens: made, kept encrypted, rotated, published.
@NullMarked
package dev.parley.auth.keys;

import org.jspecify.annotations.NullMarked;
