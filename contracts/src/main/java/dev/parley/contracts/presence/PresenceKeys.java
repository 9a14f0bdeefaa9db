package dev.parley.contracts.presence;

/// The Redis key over which the presence-service speaks to gateways. It lies beside the lease keys
/// (same hash tag), so that a gateway reads it in the round trip that renews its lease.
///
/// @param prefix put before every key; empty in production
public record PresenceKeys(String prefix) {
  /// String: changes when the presence-service wants a snapshot from every gateway. A gateway sends
  /// one when it finds another value (or none) than at its last snapshot.
  public String snapshotWanted() {
    return prefix + "{slots}:snapshot";
  }
}
