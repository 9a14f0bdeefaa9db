/// The client protocol, version 1: what a session may say when, and the one answer to it. Plain
/// Java around the ports of the other features; knows nothing of WebSocket frames.
@NullMarked
package dev.parley.gateway.protocol;

import org.jspecify.annotations.NullMarked;
