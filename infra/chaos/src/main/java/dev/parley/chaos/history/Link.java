package dev.parley.chaos.history;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A device's connection and its subscriptions.
public sealed interface Link extends Entry {

  /// About to open a connection and to say `connect`.
  ///
  /// @param all `subscribe: all`, else `none`
  /// @param resume the last seq seen of each conversation, as it stands in the frame
  record Connect(boolean all, Map<UUID, Long> resume) implements Link {}

  /// Saw `connected`.
  record Connected(UUID session, List<Head> conversations) implements Link {}

  /// A conversation and its head as `connected` tells it.
  record Head(UUID conversation, long seq) {}

  /// Saw the connection end, or failed to open one.
  ///
  /// @param code of the WebSocket close; 1006 if there was none; the HTTP status of a refused
  ///   upgrade; 0 if not even that came
  record Closed(int code, @Nullable String reason) implements Link {}

  /// About to tear its own connection.
  record Cut() implements Link {}

  /// About to say `subscribe`.
  record Subscribe(UUID conversation, @Nullable Long after) implements Link {}

  /// Saw `subscribed`.
  ///
  /// @param after what the command had said
  record Subscribed(UUID conversation, @Nullable Long after, long seq) implements Link {}

  /// About to say `unsubscribe`.
  record Unsubscribe(UUID conversation) implements Link {}

  /// Saw `unsubscribed`.
  record Unsubscribed(UUID conversation) implements Link {}
}
