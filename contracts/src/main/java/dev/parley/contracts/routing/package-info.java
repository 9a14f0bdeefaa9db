/// Which gateway wants what: routes, slots and their keys in Redis (architecture, Routing).
@NullMarked
package dev.parley.contracts.routing;

import org.jspecify.annotations.NullMarked;
