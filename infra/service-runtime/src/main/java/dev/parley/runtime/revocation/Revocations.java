package dev.parley.runtime.revocation;

import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The revocations that may still concern a living access token. Older ones are forgotten, so the
/// size is bounded by the logouts of [AccessTokens#LONGEST_LIFE].
///
/// Thread-safe; asking costs two map look-ups. Knows nothing of where revocations come from:
/// [KafkaRevocations] follows the topic, and the auth-service also tells its own at once.
public final class Revocations {
  /// Room for clocks that differ between machines.
  private static final Duration KEPT = AccessTokens.LONGEST_LIFE.plusMinutes(1);

  private static final Logger LOG = Logger.getLogger(Revocations.class);

  private final Clock clock;
  private final Map<UUID, Instant> logins = new ConcurrentHashMap<>();
  private final Map<UUID, Instant> users = new ConcurrentHashMap<>();
  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

  /// None yet.
  public Revocations(Clock clock) {
    this.clock = clock;
  }

  /// Whether a token of `login` and `user`, issued at `issued`, has been revoked.
  public boolean isRevoked(UUID login, UUID user, Instant issued) {
    if (logins.containsKey(login)) {
      return true;
    }
    Instant at = users.get(user);
    return at != null && !issued.isAfter(at);
  }

  /// Calls `listener` with every revocation that is learnt from now on, on the thread that learnt
  /// it: it must not block. It is told after [#isRevoked] knows, and may be told of one twice.
  public void onRevoked(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  /// Takes note of `revocation` and tells the listeners, unless it is known or too old to matter.
  public void learn(Revocation revocation) {
    if (revocation.at().isBefore(clock.instant().minus(KEPT))) {
      return;
    }
    boolean news =
        switch (revocation) {
          case Revocation.Login r -> logins.put(r.login(), r.at()) == null;
          case Revocation.User r ->
              users.merge(r.user(), r.at(), Revocations::later).equals(r.at());
        };
    if (news) {
      listeners.forEach(listener -> tell(listener, revocation));
    }
  }

  private static void tell(Consumer<Revocation> listener, Revocation revocation) {
    try {
      listener.accept(revocation);
    } catch (RuntimeException e) {
      // One listener's failure must not keep the revocation from the others.
      LOG.errorf(e, "a listener failed on %s", revocation);
    }
  }

  /// Forgets those that no living token can be concerned by.
  void forgetOld() {
    Instant limit = clock.instant().minus(KEPT);
    logins.values().removeIf(at -> at.isBefore(limit));
    users.values().removeIf(at -> at.isBefore(limit));
  }

  int size() {
    return logins.size() + users.size();
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
