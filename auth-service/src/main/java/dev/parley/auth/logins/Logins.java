package dev.parley.auth.logins;

import dev.parley.auth.revocations.RevocationOutbox;
import dev.parley.contracts.Ids;
import dev.parley.contracts.token.Revocation;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Begins, continues and ends logins. A refresh token works once and is then replaced. Repeated
/// within [LoginConfig#lostAnswer()], while no successor has been used, it gets another successor,
/// since the first answer may have been lost. Every other repetition means that two parties hold
/// the login's tokens, so it ends.
///
/// Thread-safe; blocks. The row lock on the login makes concurrent refreshes take turns.
@ApplicationScoped
class Logins {
  /// The outcome of a refresh.
  sealed interface Refresh {
    /// The token was good.
    ///
    /// @param at when that was decided; the new access token is issued then
    /// @param repeated it had been used just before
    record Renewed(UUID user, RefreshToken token, Instant at, boolean repeated)
        implements Refresh {}

    /// The token had been used before; its login has been ended.
    record Reused() implements Refresh {}

    /// The token is none of ours, or its login is over.
    record Refused() implements Refresh {}
  }

  private final LoginConfig config;
  private final RevocationOutbox outbox;
  private final Clock clock = Clock.systemUTC();

  Logins(LoginConfig config, RevocationOutbox outbox) {
    this.config = config;
    this.outbox = outbox;
  }

  /// A login that has begun.
  ///
  /// @param token its first refresh token, which names it
  /// @param at when; its first access token is issued then
  record Begun(RefreshToken token, Instant at) {}

  /// Begins a login.
  Begun begin(UUID user, @Nullable String device) {
    return QuarkusTransaction.requiringNew()
        .call(() -> {
          Instant now = clock.instant();
          Login login = new Login();
          login.id = Ids.timeOrdered(now.toEpochMilli());
          RefreshToken token = RefreshToken.first(login.id);
          login.userId = user;
          login.device = device;
          login.familyHash = token.familyHash();
          login.createdAt = now;
          login.expiresAt = now.plus(config.life());
          login.persistAndFlush();
          store(token, login);
          return new Begun(token, now);
        });
  }

  Refresh refresh(RefreshToken token) {
    Refresh outcome = QuarkusTransaction.requiringNew().call(() -> decide(token));
    if (outcome instanceof Refresh.Reused) {
      outbox.committed(new Revocation.Login(token.login(), clock.instant()));
    }
    return outcome;
  }

  /// Ends a login; again does nothing.
  void end(UUID id) {
    Instant now = clock.instant();
    QuarkusTransaction.requiringNew()
        .run(() -> {
          Login login = Login.locked(id);
          if (login != null && login.endedAt == null) {
            end(login, now);
          }
        });
    outbox.committed(new Revocation.Login(id, now));
  }

  /// Ends all logins of a user.
  void endAll(UUID user) {
    Revocation revocation =
        QuarkusTransaction.requiringNew()
            .call(() -> {
              Login.update(
                  "endedAt = ?1 WHERE userId = ?2 AND endedAt IS NULL", clock.instant(), user);
              // Not before: the update may have waited for refreshes, whose tokens end as well.
              Revocation all = new Revocation.User(user, clock.instant());
              outbox.add(all);
              return all;
            });
    outbox.committed(revocation);
  }

  /// Deletes logins that are over, with their tokens.
  ///
  /// @return how many
  long deleteOver() {
    Instant now = clock.instant();
    return QuarkusTransaction.requiringNew()
        .call(() -> Login.delete("expiresAt < ?1 OR endedAt < ?1", now));
  }

  private Refresh decide(RefreshToken token) {
    Instant now = clock.instant();
    Login login = Login.locked(token.login());
    if (login == null
        || !login.lives(now)
        || !MessageDigest.isEqual(login.familyHash, token.familyHash())) {
      return new Refresh.Refused();
    }
    StoredRefreshToken stored = StoredRefreshToken.withHash(token.hash());
    if (stored != null && stored.generation == login.generation) {
      StoredRefreshToken.forgetOthers(login.id, stored.hash);
      stored.replacedAt = now;
      login.generation++;
      return renew(login, token, now, false);
    }
    if (stored != null
        && stored.replacedAt != null
        && now.isBefore(stored.replacedAt.plus(config.lostAnswer()))) {
      return renew(login, token, now, true);
    }
    end(login, now);
    return new Refresh.Reused();
  }

  private Refresh renew(Login login, RefreshToken token, Instant now, boolean repeated) {
    RefreshToken next = token.next();
    login.expiresAt = now.plus(config.life());
    store(next, login);
    return new Refresh.Renewed(login.userId, next, now, repeated);
  }

  private void end(Login login, Instant now) {
    login.endedAt = now;
    StoredRefreshToken.forgetAll(login.id);
    outbox.add(new Revocation.Login(login.id, now));
  }

  private static void store(RefreshToken token, Login login) {
    StoredRefreshToken row = new StoredRefreshToken();
    row.hash = token.hash();
    row.loginId = login.id;
    row.generation = login.generation;
    row.persist();
  }
}
