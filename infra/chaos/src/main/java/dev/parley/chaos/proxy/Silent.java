package dev.parley.chaos.proxy;

import io.netty.channel.ChannelInboundHandlerAdapter;

/// Nothing happens on the connection before its flows are there.
final class Silent extends ChannelInboundHandlerAdapter {}
