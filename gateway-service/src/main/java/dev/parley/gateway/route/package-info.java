/// Which conversations, users and presences this gateway wants, as the other services see it.
@NullMarked
package dev.parley.gateway.route;

import org.jspecify.annotations.NullMarked;
