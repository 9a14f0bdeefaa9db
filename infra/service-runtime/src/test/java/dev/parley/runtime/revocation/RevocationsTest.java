package dev.parley.runtime.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.token.AccessTokens;
import dev.parley.contracts.token.Revocation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevocationsTest {
  private static final Instant START = Instant.parse("2026-01-31T09:00:00Z");
  private static final UUID LOGIN = new UUID(1, 1);
  private static final UUID USER = new UUID(2, 2);

  private Instant now = START;
  private final Revocations revocations =
      new Revocations(
          new Clock() {
            @Override
            public ZoneId getZone() {
              return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
              return this;
            }

            @Override
            public Instant instant() {
              return now;
            }
          });

  @Test
  void aLoginIsRevokedWheneverItsTokenWasIssued() {
    revocations.learn(new Revocation.Login(LOGIN, START));
    assertTrue(revocations.isRevoked(LOGIN, USER, START.minusSeconds(60)));
    assertTrue(revocations.isRevoked(LOGIN, USER, START.plusSeconds(60)));
    assertFalse(revocations.isRevoked(new UUID(9, 9), USER, START));
  }

  @Test
  void aUserIsRevokedUpToThatMoment() {
    revocations.learn(new Revocation.User(USER, START));
    assertTrue(revocations.isRevoked(LOGIN, USER, START));
    assertFalse(revocations.isRevoked(LOGIN, USER, START.plusSeconds(1)));
  }

  @Test
  void anEarlierRevocationDoesNotReplaceALaterOne() {
    revocations.learn(new Revocation.User(USER, START));
    revocations.learn(new Revocation.User(USER, START.minusSeconds(60)));
    assertTrue(revocations.isRevoked(LOGIN, USER, START));
  }

  @Test
  void oldOnesAreForgottenAndNotLearnt() {
    revocations.learn(new Revocation.Login(LOGIN, START));
    revocations.learn(new Revocation.User(USER, START));
    now = START.plus(AccessTokens.LONGEST_LIFE).plus(Duration.ofMinutes(2));
    revocations.forgetOld();
    revocations.learn(new Revocation.Login(LOGIN, START));
    assertEquals(0, revocations.size());
  }

  @Test
  void listenersAreToldAfterItIsKnownAndOnceForALogin() {
    List<Revocation> told = new ArrayList<>();
    revocations.onRevoked(revocation -> {
      throw new IllegalStateException("a broken listener");
    });
    revocations.onRevoked(revocation -> {
      assertTrue(revocations.isRevoked(LOGIN, USER, START));
      told.add(revocation);
    });
    revocations.learn(new Revocation.Login(LOGIN, START));
    revocations.learn(new Revocation.Login(LOGIN, START));
    assertEquals(List.of(new Revocation.Login(LOGIN, START)), told);
  }
}
