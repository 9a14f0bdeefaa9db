/// Presence in Redis: the keys, and blocking round trips.
@NullMarked
package dev.parley.presence.redis;

import org.jspecify.annotations.NullMarked;
