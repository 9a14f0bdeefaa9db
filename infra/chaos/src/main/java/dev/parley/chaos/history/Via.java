package dev.parley.chaos.history;

/// The way by which a command left the client, and its answer came back.
public enum Via {
  SOCKET,
  REST
}
