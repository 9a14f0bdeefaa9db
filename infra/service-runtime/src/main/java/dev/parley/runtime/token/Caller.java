package dev.parley.runtime.token;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.UUID;

/// The user on whose behalf a request or session acts, as a verified access token says.
///
/// @param user the user's id (`sub`)
/// @param login the login that the token stems from (`sid`); revoked as a whole
/// @param issued when the token was made, in whole seconds
/// @param expires when the token ends; what was opened with it ends then too
/// @param admin whether the user looks after the installation
public record Caller(UUID user, UUID login, Instant issued, Instant expires, boolean admin) {
  /// Somebody who has no role in the installation.
  public Caller(UUID user, UUID login, Instant issued, Instant expires) {
    this(user, login, issued, expires, false);
  }

  /// The caller of the current REST request, in a resource that demands one (`@Authenticated`).
  ///
  /// @throws IllegalStateException if the request carries no verified token
  public static Caller of(SecurityIdentity identity) {
    if (identity.getPrincipal() instanceof CallerPrincipal principal) {
      return principal.caller();
    }
    throw new IllegalStateException("the request carries no verified access token");
  }
}
