package dev.parley.presence.shard;

/// How far a gateway's snapshot is in one shard.
///
/// @param number of the snapshot, 0 before the first
/// @param begin offset of its first part; whom no record names from there on is not there
/// @param done whether its last part was applied
record Snapshotting(long number, long begin, boolean done) {
  static final Snapshotting NONE = new Snapshotting(0, 0, false);

  static Snapshotting parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      return NONE;
    }
    try {
      return new Snapshotting(
          Long.parseLong(parts[0]), Long.parseLong(parts[1]), Boolean.parseBoolean(parts[2]));
    } catch (NumberFormatException e) {
      return NONE;
    }
  }

  Snapshotting finished() {
    return new Snapshotting(number, begin, true);
  }

  @Override
  public String toString() {
    return number + ":" + begin + ":" + done;
  }
}
