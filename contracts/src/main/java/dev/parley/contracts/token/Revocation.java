package dev.parley.contracts.token;

import java.time.Instant;
import java.util.UUID;

/// The end of access tokens before their time. Live sessions that were opened with such a token are
/// closed with 4403, requests are refused with 401.
public sealed interface Revocation {
  /// When it was decided, by the clock of the auth-service.
  Instant at();

  /// All tokens of one login, whenever they were issued: after a logout, or when one of its refresh
  /// tokens was used twice.
  record Login(UUID login, Instant at) implements Revocation {}

  /// All tokens of one user that were issued at or before [#at()]. Later logins are not touched.
  record User(UUID user, Instant at) implements Revocation {}
}
