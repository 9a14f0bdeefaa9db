package dev.parley.gateway.transport.websocket;

import org.jspecify.annotations.Nullable;

/// What the handshake leaves for the moment when it is done.
///
/// @param bearerToken from `Authorization`, never from the URL, which proxies write into logs
/// @param address the client's, without port
record Admission(ClientConnection connection, @Nullable String bearerToken, String address) {}
