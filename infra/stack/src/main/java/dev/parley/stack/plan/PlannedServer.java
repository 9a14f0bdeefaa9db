package dev.parley.stack.plan;

import dev.parley.servers.Server;

/// One process of the stack.
///
/// @param tier starts after and stops before those of lower tiers
/// @param port where it serves
public record PlannedServer(Server server, Tier tier, int port) {
  /// What must be there before what.
  public enum Tier {
    /// Kafka, PostgreSQL, Redis.
    INFRASTRUCTURE,
    /// auth-, message- and presence-service.
    SERVICES,
    /// They hold the sessions, so they stop before what serves these.
    GATEWAYS,
    /// People come in here.
    ENTRY
  }

  /// Its name.
  public String name() {
    return server.name();
  }

  /// Where it serves, as `host:port`.
  public String address() {
    return "127.0.0.1:" + port;
  }
}
