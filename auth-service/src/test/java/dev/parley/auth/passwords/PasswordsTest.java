package dev.parley.auth.passwords;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class PasswordsTest {
  private record Config(int concurrency, int waiting) implements PasswordConfig {}

  @Test
  void aPasswordMatchesInEveryUnicodeForm() {
    Passwords passwords = new Passwords(new Config(1, 1), new SimpleMeterRegistry());
    String stored = passwords.hash("cafe\u0301 au lait");
    assertTrue(passwords.matches("café au lait", stored));
    assertFalse(passwords.matches("cafe au lait", stored));
    assertFalse(passwords.matches("café au lait", null));
  }

  @Test
  void whoFindsTheQueueFullIsToldToTryAgain() throws Exception {
    SimpleMeterRegistry meters = new SimpleMeterRegistry();
    Passwords passwords = new Passwords(new Config(1, 1), meters);
    List<Callable<String>> hashes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      hashes.add(() -> hashed(passwords));
    }
    try (var threads = Executors.newFixedThreadPool(20)) {
      List<String> results =
          threads.invokeAll(hashes).stream().map(future -> future.resultNow()).toList();
      assertTrue(results.contains("hashed"));
      assertTrue(results.contains(ErrorCode.UNAVAILABLE.wire()));
      assertEquals(
          Collections.frequency(results, ErrorCode.UNAVAILABLE.wire()),
          meters.counter("parley.auth.hashing.refused").count());
    }
    assertEquals("hashed", hashed(passwords));
  }

  private static String hashed(Passwords passwords) {
    try {
      return passwords.hash("correct horse").isEmpty() ? "" : "hashed";
    } catch (Problem refused) {
      return refused.code().wire();
    }
  }
}
