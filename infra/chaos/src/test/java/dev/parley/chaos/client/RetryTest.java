package dev.parley.chaos.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RetryTest {
  private final Retry retry = new Retry(new SplittableRandom(1));

  @Test
  void aRestartIsFollowedWithinTheSecondsItNames() {
    for (int n = 0; n < 100; n++) {
      assertTrue(retry.after(1012, "reconnect within=2") <= 2_000);
    }
  }

  @Test
  void lossesAreFollowedMoreAndMoreSlowlyUntilOneSucceeds() {
    long first = retry.after(1006, null);
    assertTrue(first >= 50 && first <= 150);
    for (int n = 0; n < 20; n++) {
      assertTrue(retry.after(0, null) <= 7_500);
    }
    assertTrue(retry.after(0, null) >= 2_500);
    retry.succeeded();
    assertTrue(retry.after(1006, null) <= 150);
  }

  @Test
  void whatTheServerAsksForIsKept() {
    assertTrue(retry.after(503, "3") >= 3_000);
    retry.asked(4_000L);
    assertTrue(retry.after(1013, null) >= 4_000);
    assertTrue(retry.after(1013, null) < 4_000);
  }

  @Test
  void passingRefusalsAreRepeatedAndOthersAreFinal() {
    Random random = new Random(1);
    for (String code : List.of("unavailable", "rate_limited", "timeout", "internal")) {
      assertNotNull(Repeats.after(code, null, 1, random));
    }
    Long asked = Repeats.after("unavailable", 700L, 1, random);
    assertTrue(asked != null && asked >= 700);
    for (String code : List.of("forbidden", "not_found", "conflict", "bad_request")) {
      assertNull(Repeats.after(code, null, 1, random));
    }
  }

  @Test
  void aCrowdHasConversationsOfTwoToFifty() {
    List<Integer> sizes = Crowd.sizes(200, new Random(1));
    assertEquals(50, sizes.stream().mapToInt(size -> size).max().orElseThrow());
    assertEquals(2, sizes.stream().mapToInt(size -> size).min().orElseThrow());
    assertEquals(200, Crowd.users(240));
  }
}
