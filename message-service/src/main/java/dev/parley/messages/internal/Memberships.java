package dev.parley.messages.internal;

import java.util.List;
import java.util.UUID;

/// The conversations that a user is in, most recently active first.
///
/// @param truncated whether there are more
record Memberships(List<Membership> conversations, boolean truncated) {
  /// One of them.
  ///
  /// @param joined number of the event by which the user came in
  record Membership(UUID conversation, long joined) {}

  static Memberships of(List<Membership> found, int limit) {
    boolean truncated = found.size() > limit;
    return new Memberships(truncated ? found.subList(0, limit) : found, truncated);
  }
}
