package dev.parley.auth.logins;

import dev.parley.auth.limits.Limits;
import dev.parley.auth.passwords.Passwords;
import dev.parley.auth.users.Names;
import dev.parley.auth.users.User;
import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/// Finds out whose password it is. An unknown username and a wrong password take the same way: the
/// same look-up, one hash, the same words, the same limits.
///
/// Thread-safe; blocks for the hash, so it runs on virtual threads.
@ApplicationScoped
class PasswordLogin {
  private static final String COUNTER = "parley.auth.logins";

  private final Limits limits;
  private final Passwords passwords;
  private final MeterRegistry meters;

  PasswordLogin(Limits limits, Passwords passwords, MeterRegistry meters) {
    this.limits = limits;
    this.passwords = passwords;
    this.meters = meters;
  }

  /// The id of the user whose name and password these are.
  ///
  /// @throws Problem `unauthenticated`, `rate_limited`, or `unavailable` if too many log in
  UUID user(String username, String password, HttpServerRequest request) {
    try {
      UUID user = checked(Names.key(username), password, request);
      count("accepted");
      return user;
    } catch (Problem refused) {
      count(refused.code().wire());
      throw refused;
    }
  }

  private UUID checked(String key, String password, HttpServerRequest request) {
    Limits.Attempt attempt = limits.login(key, request);
    User user;
    boolean right;
    try {
      user = QuarkusTransaction.requiringNew().call(() -> User.withKey(key));
      right = passwords.matches(password, user == null ? null : user.passwordHash);
    } catch (RuntimeException e) {
      attempt.forget();
      throw e;
    }
    if (user == null || !right) {
      throw new Problem(ErrorCode.UNAUTHENTICATED, "The username or the password is wrong.");
    }
    attempt.forget();
    if (passwords.outdated(user.passwordHash)) {
      rehash(user.id, password);
    }
    return user.id;
  }

  // Only now is the password at hand, so that its hash can be made with today's parameters.
  private void rehash(UUID id, String password) {
    String hash = passwords.hash(password);
    QuarkusTransaction.requiringNew()
        .call(() -> User.update("passwordHash = ?1 WHERE id = ?2", hash, id));
  }

  private void count(String result) {
    meters.counter(COUNTER, "result", result).increment();
  }
}
