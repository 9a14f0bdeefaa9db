/// The gateway's one connection to Redis, and how its loss is noticed.
@NullMarked
package dev.parley.gateway.redis;

import org.jspecify.annotations.NullMarked;
