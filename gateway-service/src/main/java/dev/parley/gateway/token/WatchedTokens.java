package dev.parley.gateway.token;

import dev.parley.contracts.token.Revocation;
import dev.parley.runtime.revocation.Revocations;
import dev.parley.runtime.token.Caller;
import dev.parley.runtime.token.TokenVerifier;
import dev.parley.runtime.token.Verdict;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/// [Tokens] by the verifier and the revocations that all services share. Thread-safe.
@ApplicationScoped
class WatchedTokens implements Tokens {
  private final TokenVerifier verifier;
  private final Revocations revocations;
  private final Map<UUID, Set<Holder>> byLogin = new ConcurrentHashMap<>();
  private final Map<UUID, Set<Holder>> byUser = new ConcurrentHashMap<>();

  WatchedTokens(TokenVerifier verifier, Revocations revocations) {
    this.verifier = verifier;
    this.revocations = revocations;
    revocations.onRevoked(this::revoked);
  }

  void start(@Observes StartupEvent event) {
    // Observing makes this bean exist, and listen, before the first session comes.
  }

  @Override
  public CompletionStage<Verdict> verify(String token) {
    return verifier.verify(token);
  }

  @Override
  public boolean watch(Holder session) {
    Caller caller = session.caller();
    add(byLogin, caller.login(), session);
    add(byUser, caller.user(), session);
    // A revocation that came before is known now, one that comes later finds the session.
    if (revocations.isRevoked(caller.login(), caller.user(), caller.issued())) {
      forget(session);
      return false;
    }
    return true;
  }

  @Override
  public void forget(Holder session) {
    remove(byLogin, session.caller().login(), session);
    remove(byUser, session.caller().user(), session);
  }

  private void revoked(Revocation revocation) {
    switch (revocation) {
      case Revocation.Login r -> byLogin.getOrDefault(r.login(), Set.of()).forEach(Holder::revoked);
      case Revocation.User r -> {
        for (Holder session : byUser.getOrDefault(r.user(), Set.of())) {
          if (!session.caller().issued().isAfter(r.at())) {
            session.revoked();
          }
        }
      }
    }
  }

  private static void add(Map<UUID, Set<Holder>> index, UUID key, Holder session) {
    index.compute(
        key,
        (k, sessions) -> {
          Set<Holder> more = sessions == null ? ConcurrentHashMap.newKeySet(2) : sessions;
          more.add(session);
          return more;
        });
  }

  private static void remove(Map<UUID, Set<Holder>> index, UUID key, Holder session) {
    index.computeIfPresent(
        key,
        (k, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
  }
}
