/// What the presence-service is told of sessions, and what it tells of users.
@NullMarked
package dev.parley.gateway.presence;

import org.jspecify.annotations.NullMarked;
