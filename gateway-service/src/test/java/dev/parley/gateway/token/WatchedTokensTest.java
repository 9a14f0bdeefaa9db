package dev.parley.gateway.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.token.Revocation;
import dev.parley.runtime.revocation.Revocations;
import dev.parley.runtime.token.Caller;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WatchedTokensTest {
  private static final UUID USER = new UUID(1, 1);

  private final Instant now = Instant.now();
  private final Revocations revocations = new Revocations(Clock.systemUTC());
  private final WatchedTokens tokens = new WatchedTokens(null, revocations);
  private final List<String> ended = new ArrayList<>();

  @Test
  void revokedLoginEndsItsSessionsOnly() {
    assertTrue(tokens.watch(session("one", new UUID(2, 1), now)));
    assertTrue(tokens.watch(session("two", new UUID(2, 1), now)));
    assertTrue(tokens.watch(session("other", new UUID(2, 2), now)));
    revocations.learn(new Revocation.Login(new UUID(2, 1), now));
    assertEquals(List.of("one", "two"), ended.stream().sorted().toList());
  }

  @Test
  void revokedUserKeepsLaterLogins() {
    tokens.watch(session("old", new UUID(2, 1), now.minusSeconds(60)));
    tokens.watch(session("new", new UUID(2, 2), now.plusSeconds(1)));
    revocations.learn(new Revocation.User(USER, now));
    assertEquals(List.of("old"), ended);
  }

  @Test
  void whatWasRevokedBeforeIsNotWatched() {
    revocations.learn(new Revocation.Login(new UUID(2, 1), now));
    assertFalse(tokens.watch(session("late", new UUID(2, 1), now)));
  }

  @Test
  void forgottenSessionsAreNotEnded() {
    Tokens.Holder session = session("gone", new UUID(2, 1), now);
    tokens.watch(session);
    tokens.forget(session);
    revocations.learn(new Revocation.Login(new UUID(2, 1), now));
    assertEquals(List.of(), ended);
  }

  private Tokens.Holder session(String name, UUID login, Instant issued) {
    Caller caller = new Caller(USER, login, issued, issued.plusSeconds(900));
    return new Tokens.Holder() {
      @Override
      public Caller caller() {
        return caller;
      }

      @Override
      public void revoked() {
        ended.add(name);
      }
    };
  }
}
