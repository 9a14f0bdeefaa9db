import module java.base;

/// What has to be so, at once or within a time that a busy machine can keep.
final class Until {
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private Until() {}

  static void met(String fact, BooleanSupplier met) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!met.getAsBoolean()) {
      require(System.nanoTime() < end, "not within " + PATIENCE.toSeconds() + " s: " + fact);
      Api.pause(200);
    }
  }

  static void require(boolean met, String otherwise) {
    if (!met) {
      throw new IllegalStateException(otherwise);
    }
  }
}
