package dev.parley.chaos.history;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A change that a client is about to ask for. The same request asked again has the same id and the
/// next attempt.
public sealed interface Wish extends Entry {

  /// The message's id, or the request's.
  UUID id();

  /// 1, 2, ... of this id on this device.
  int attempt();

  /// A message.
  ///
  /// @param hash [Fingerprint] of the content
  /// @param bytes length of the content as compact UTF-8
  record Send(UUID conversation, UUID id, int attempt, Via via, long hash, int bytes)
      implements Wish {}

  /// Another change.
  ///
  /// @param id `request` on the socket, `Idempotency-Key` over REST; where REST takes none, an id
  ///   that stays in this file
  /// @param message the message that it is about
  /// @param member whom it is about: of `JOIN` and `LEAVE` the user themselves
  /// @param role the role asked for
  /// @param hash [Fingerprint] of what the event will say besides these, [Fingerprint#NOTHING] for
  ///   changes of membership
  record Change(
      UUID conversation,
      UUID id,
      int attempt,
      Via via,
      ChangeKind kind,
      @Nullable UUID message,
      @Nullable UUID member,
      @Nullable String role,
      long hash)
      implements Wish {}

  /// A new conversation (`POST /api/conversations`).
  ///
  /// @param id the `Idempotency-Key`
  /// @param kind `direct` or `group`; the checker knows no channels, whose logs are no secret
  record Create(UUID id, int attempt, String kind, List<UUID> members) implements Wish {}
}
