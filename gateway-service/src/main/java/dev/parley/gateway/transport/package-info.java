/// How bytes reach sessions: connections, frames, their limits. Knows nothing of messaging.
@NullMarked
package dev.parley.gateway.transport;

import org.jspecify.annotations.NullMarked;
