/// The WebSocket endpoint `GET /ws`: the handshake is Quarkus', the frames are ours.
@NullMarked
package dev.parley.gateway.transport.websocket;

import org.jspecify.annotations.NullMarked;
