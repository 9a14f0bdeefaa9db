package dev.parley.messages.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.WithNull;

class SpanTest {
  /// The rule as the protocol words it, on a log that is a list.
  @Property
  void theSliceIsWhatTheProtocolSays(
      @ForAll @WithNull @LongRange(max = 30) Long after,
      @ForAll @WithNull @LongRange(max = 30) Long before,
      @ForAll @IntRange(min = 1, max = 12) int limit,
      @ForAll @IntRange(max = 25) int head) {
    List<Long> between =
        LongStream.rangeClosed(1, head)
            .filter(seq -> (after == null || seq > after) && (before == null || seq < before))
            .boxed()
            .toList();
    int size = Math.min(limit, between.size());
    List<Long> expected =
        after == null
            ? between.subList(between.size() - size, between.size())
            : between.subList(0, size);

    Span.Slice slice = new Span(after, before, limit).of(head);

    assertEquals(expected, LongStream.rangeClosed(slice.from(), slice.to()).boxed().toList());
    if (!expected.isEmpty()) {
      assertEquals(between.size() > size, slice.more());
    }
  }
}
