package dev.parley.chaos.client;

import io.netty.channel.EventLoopGroup;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/// What all devices of a run share.
///
/// @param socket the entry's WebSocket
/// @param histories where the files are written
/// @param clock microseconds since the run began
public record Scene(
    URI socket,
    Api api,
    Ledger ledger,
    EventLoopGroup loops,
    Path histories,
    LongSupplier clock,
    Pace pace) {}
