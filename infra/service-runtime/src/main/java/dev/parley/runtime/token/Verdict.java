package dev.parley.runtime.token;

/// What [TokenVerifier] says of a token.
public sealed interface Verdict {
  /// The token is good until [Caller#expires()], or until its login or user is revoked.
  record Accepted(Caller caller) implements Verdict {}

  /// The token is not one of ours, or no longer good.
  ///
  /// @param reason for metrics and debug logs: a short constant, never a part of the token; clients
  ///   are told nothing but that the token is not valid
  record Refused(String reason) implements Verdict {}

  /// The token was good, but its login or user has been revoked since.
  record Revoked(Caller caller) implements Verdict {}

  /// It cannot be said now: the keys of the auth-service could not be read. Try again.
  record Unknown() implements Verdict {}
}
