package dev.parley.gateway.route;

import dev.parley.contracts.routing.SlotAddress;

/// A turn in the life of this gateway's slot, fired as a CDI event (synchronously, on the slot's
/// own thread; observers do not block).
public sealed interface SlotChange {
  SlotAddress address();

  /// The slot is held and deliveries are read: sessions may be accepted.
  record Claimed(SlotAddress address) implements SlotChange {}

  /// Redis was out of reach, wiped or rolled back, and answers again. Whoever keeps something there
  /// on behalf of this gateway's sessions tells it anew.
  record Recovered(SlotAddress address) implements SlotChange {}

  /// The slot is lost. Every session was told to reconnect; none is accepted until the next
  /// [Claimed].
  record Lost(SlotAddress address) implements SlotChange {}
}
