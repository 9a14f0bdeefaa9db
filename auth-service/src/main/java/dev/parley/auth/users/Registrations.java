package dev.parley.auth.users;

import dev.parley.auth.passwords.Passwords;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.runtime.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes users. A registration repeated with the same `Idempotency-Key` and username gets the first
/// answer and adds nothing; the key with another username is a conflict.
///
/// Thread-safe; blocks.
@ApplicationScoped
class Registrations {
  private final Passwords passwords;
  private final Clock clock = Clock.systemUTC();

  Registrations(Passwords passwords) {
    this.passwords = passwords;
  }

  /// @param idempotencyKey null if the client gave none
  /// @throws Problem `conflict` if the username is taken, `unavailable` if too many register
  Profile register(
      String username, String password, String displayName, @Nullable UUID idempotencyKey) {
    String key = Names.key(username);
    Optional<Profile> before = find(key, idempotencyKey);
    if (before.isPresent()) {
      return before.get();
    }
    // Outside of any transaction: a hash takes long and may have to wait for its turn.
    String hash = passwords.hash(password);
    try {
      return QuarkusTransaction.requiringNew()
          .call(() -> insert(username, key, displayName, hash, idempotencyKey));
    } catch (PersistenceException e) {
      // Another request with this name or key may have been faster.
      return find(key, idempotencyKey).orElseThrow(() -> e);
    }
  }

  private static Optional<Profile> find(String usernameKey, @Nullable UUID idempotencyKey) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          // The name first: both are committed together, so whoever sees the name sees the key.
          boolean taken = User.withKey(usernameKey) != null;
          Registration earlier =
              idempotencyKey == null ? null : Registration.findById(idempotencyKey);
          if (earlier != null) {
            User user = User.findById(earlier.userId);
            if (!user.usernameKey.equals(usernameKey)) {
              throw new Problem(
                  ErrorCode.CONFLICT, "This Idempotency-Key was used for another user.");
            }
            return Optional.of(Profile.of(user).again());
          }
          if (taken) {
            throw new Problem(ErrorCode.CONFLICT, "This username is taken.");
          }
          return Optional.empty();
        });
  }

  private Profile insert(
      String username,
      String usernameKey,
      String displayName,
      String hash,
      @Nullable UUID idempotencyKey) {
    Instant now = clock.instant();
    User user = new User();
    user.id = Ids.timeOrdered(now.toEpochMilli());
    user.username = username;
    user.usernameKey = usernameKey;
    user.passwordHash = hash;
    user.createdAt = now;
    user.name(displayName);
    user.persist();
    if (idempotencyKey != null) {
      Registration registration = new Registration();
      registration.idempotencyKey = idempotencyKey;
      registration.userId = user.id;
      registration.persist();
    }
    User.flush();
    return Profile.of(user);
  }
}
