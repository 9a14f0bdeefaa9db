package dev.parley.chaos.history;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What a session is told.
public sealed interface Push extends Entry {

  /// Saw `event`; also each event of a [Reading.Page].
  ///
  /// @param time `at`, epoch milliseconds
  /// @param kind for example `message`
  /// @param user who did it
  /// @param id of a `message` its `message`, else the `request` where there is one
  /// @param member whom it is about
  /// @param hash [Fingerprint#ofEvent]
  /// @param erased whether it came as deleted, without its content
  record Event(
      UUID conversation,
      long seq,
      long time,
      String kind,
      UUID user,
      @Nullable UUID id,
      @Nullable UUID member,
      @Nullable String role,
      long hash,
      boolean erased)
      implements Push {}

  /// Saw `behind`.
  record Behind(UUID conversation, long from, long to, boolean reset) implements Push {}

  /// Saw `joined`: this user is a member.
  record Joined(UUID conversation, long seq) implements Push {}

  /// Saw `left`: this user is none any more.
  ///
  /// @param seq null after a `resume` that was refused
  record Left(UUID conversation, @Nullable Long seq) implements Push {}

  /// Saw what the protocol does not allow: a second reply, one to a command that was never given,
  /// text that is no object, binary, a known type with fields missing.
  record Odd(String what) implements Push {}
}
