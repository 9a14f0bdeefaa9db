/// Live sessions: what a client may say and what it is owed. Knows nothing of WebSocket frames.
@NullMarked
package dev.parley.gateway.session;

import org.jspecify.annotations.NullMarked;
