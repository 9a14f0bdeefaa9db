package dev.parley.contracts;

import java.util.UUID;

/// Which partition holds a key. Fixed for ever: a change would let two partitions hold commands of
/// one conversation.
public final class Partitions {
  private Partitions() {}

  /// The partition of `key` among `count`: the two halves of the id, mixed by the finalizer of
  /// SplitMix64, so that time-ordered ids (UUIDv7) spread evenly.
  public static int of(UUID key, int count) {
    long z = key.getMostSignificantBits() ^ Long.rotateLeft(key.getLeastSignificantBits(), 31);
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    z ^= z >>> 31;
    return (int) Long.remainderUnsigned(z, count);
  }
}
