package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;

/// Sequence numbers, read off frames or expected.
final class Seqs {
  private Seqs() {}

  static List<Long> of(Iterable<JsonNode> frames) {
    return StreamSupport.stream(frames.spliterator(), false)
        .map(frame -> frame.get("seq").asLong())
        .toList();
  }

  /// All from one to the other, both included.
  static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }
}
