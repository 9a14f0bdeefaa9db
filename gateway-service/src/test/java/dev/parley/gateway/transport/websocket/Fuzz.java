package dev.parley.gateway.transport.websocket;

import java.util.List;
import java.util.Random;

/// Seeded chance for fuzz tests. The ordinary run always makes the same inputs; the full one
/// (`-Dparley.test.full=true`) makes others each time, and more. `-Dparley.fuzz.seed=N` repeats a
/// run.
final class Fuzz {
  private static final boolean FULL = Boolean.getBoolean("parley.test.full");

  final long seed;
  private final Random random;

  private Fuzz(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  static Fuzz begin(String what) {
    long seed = Long.getLong("parley.fuzz.seed", FULL ? System.nanoTime() : 6455);
    System.out.println("fuzzing " + what + ": -Dparley.fuzz.seed=" + seed);
    return new Fuzz(seed);
  }

  /// How many inputs to make where the ordinary run makes `ordinary`.
  static int inputs(int ordinary) {
    return FULL ? ordinary * 10 : ordinary;
  }

  /// Chance of its own for input `number`, so that one input can be repeated without the others.
  Fuzz input(long number) {
    return new Fuzz(seed * 1_000_003 + number);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// True once in `n` times.
  boolean once(int n) {
    return random.nextInt(n) == 0;
  }

  <T> T of(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
