/// Which gateways want what, read from the routes that gateways keep in Redis.
@NullMarked
package dev.parley.runtime.routing;

import org.jspecify.annotations.NullMarked;
