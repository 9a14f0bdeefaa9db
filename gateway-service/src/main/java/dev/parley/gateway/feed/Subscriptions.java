package dev.parley.gateway.feed;

import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Recipient;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// What sessions ask of fan-out. Stages complete on the session's loop, or fail there with a
/// [dev.parley.gateway.session.Refusal]. Nothing is pushed to a session before `start` is run.
public interface Subscriptions {
  /// A conversation and the number of its last event that is not pushed to the session.
  record Head(UUID conversation, long seq) {}

  /// A session that is prepared to receive.
  ///
  /// @param conversations what it is subscribed to, most recently active first
  /// @param truncated whether the user is a member of more than could be subscribed
  /// @param start to be run on the loop right after `connected` was sent: missed events (or
  ///   `behind`, or `left` for what the user may not read) and then live ones follow
  record Opened(List<Head> conversations, boolean truncated, Runnable start) {}

  /// A subscription that is prepared.
  ///
  /// @param start to be run on the loop right after `subscribed` was sent
  record Prepared(long seq, Runnable start) {}

  /// Opens `recipient`: the user's route, then memberships (if all), then interests, then heads.
  CompletionStage<Opened> open(Recipient recipient, boolean all, Map<UUID, Long> resume);

  /// Subscribes, from the head or after a given number; ends an earlier subscription to the same.
  CompletionStage<Prepared> subscribe(Recipient recipient, UUID conversation, OptionalLong after);

  /// Ends a subscription; on the loop; nothing of the conversation follows.
  void unsubscribe(Recipient recipient, UUID conversation);

  /// Whether the session is subscribed; on the loop.
  boolean subscribed(Recipient recipient, UUID conversation);

  /// Begins interest of the session in users' presence (`presence` pushes); on the loop. Completes
  /// once the interest is recorded: a status that is read after that misses no change.
  CompletionStage<Void> watch(Recipient recipient, List<UUID> users);

  /// Holds `presence` pushes back, of each user the newest, until [#tellPresence]; on the loop. For
  /// the time that statuses are read: a push that came meanwhile must not be followed by them.
  void holdPresence(Recipient recipient);

  /// The statuses of `users` were sent: what was held back follows, unless others are being read;
  /// on the loop. Whoever is watched and not among `known` was told as unknown, and is told as soon
  /// as more is known.
  void tellPresence(Recipient recipient, List<UUID> users, Map<UUID, Shown> known);

  /// Ends it; on the loop.
  void unwatch(Recipient recipient, List<UUID> users);

  /// The session has ended; on the loop.
  void closed(Recipient recipient);
}
