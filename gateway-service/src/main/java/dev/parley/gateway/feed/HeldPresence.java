package dev.parley.gateway.feed;

import dev.parley.gateway.transport.Frame;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Presence that came while statuses were being read for its session: it may be newer than they, so
/// it follows them. Of each user the newest is kept, which bounds it by the users watched. Confined
/// to the session's loop.
final class HeldPresence {
  private final Map<UUID, Frame> newest = new LinkedHashMap<>(0);
  private int reads;

  /// Statuses are about to be read.
  void hold() {
    reads++;
  }

  /// Returns whether it was held back.
  boolean took(UUID user, Frame frame) {
    if (reads == 0) {
      return false;
    }
    newest.put(user, frame);
    return true;
  }

  /// Whether statuses are being read.
  boolean holding() {
    return reads > 0;
  }

  /// Whether something newer than what is read is held back of `user`.
  boolean holds(UUID user) {
    return newest.containsKey(user);
  }

  /// `user` is watched no longer.
  void forget(UUID user) {
    newest.remove(user);
  }

  /// What was read has been sent. Returns what is to follow it, unless more is being read.
  List<Frame> release() {
    reads--;
    if (reads > 0) {
      return List.of();
    }
    List<Frame> held = List.copyOf(newest.values());
    newest.clear();
    return held;
  }
}
