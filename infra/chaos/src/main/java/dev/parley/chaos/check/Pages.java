package dev.parley.chaos.check;

import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds pages of the log to GAPLESS and READ_AFTER_ACKNOWLEDGE.
///
/// A page that says to end at the head must hold every row that anybody had seen, or had been
/// acknowledged, before it was asked for.
final class Pages {
  private final Findings findings;
  private final List<End> ends = new ArrayList<>();

  /// The page has nothing above `last`, though it was to reach up to below `before`.
  private record End(
      ConversationLog log, Client client, long last, long before, long since, long at) {}

  Pages(Findings findings) {
    this.findings = findings;
  }

  void page(
      ConversationLog log,
      Client client,
      Reading.Read read,
      long since,
      Reading.Page page,
      long at) {
    holes(log, client, read, page, at);
    boolean upward = read.after() != null;
    long before = read.before() == null ? Long.MAX_VALUE : read.before();
    long last = last(read, page.events());
    if (!upward || !page.more()) {
      ends.add(new End(log, client, last, before, since, at));
    }
  }

  private static long last(Reading.Read read, List<Push.Event> events) {
    if (!events.isEmpty()) {
      return events.getLast().seq();
    }
    return read.after() == null ? 0 : read.after();
  }

  private void holes(
      ConversationLog log, Client client, Reading.Read read, Reading.Page page, long at) {
    List<Push.Event> events = page.events();
    if (events.isEmpty()) {
      return;
    }
    boolean fromOne = read.after() == null && !page.more();
    Long after = read.after();
    long next = after != null ? after + 1 : fromOne ? 1 : events.getFirst().seq();
    for (Push.Event event : events) {
      if (event.seq() != next && !absent(log, next, event.seq())) {
        hole(log, client, next, event.seq(), at);
        return;
      }
      next = event.seq() + 1;
    }
  }

  /// Whether the log itself has nothing from `from` to below `to`, which is told elsewhere.
  private static boolean absent(ConversationLog log, long from, long to) {
    for (long seq = from; seq < to; seq++) {
      if (log.row(seq) != null) {
        return false;
      }
    }
    return from < to;
  }

  private void hole(ConversationLog log, Client client, long expected, long seq, long at) {
    String statement = "read a page in which %d stands where %d should".formatted(seq, expected);
    findings.add(Suspicion.seen(Invariant.GAPLESS, client, log.id(), expected, at, statement));
  }

  /// Decides when all histories are read.
  void check(Map<UUID, ConversationLog.Bounds> bounds) {
    for (End end : ends) {
      ConversationLog.@Nullable Bounds of = bounds.get(end.log().id());
      long next = end.last() + 1;
      if (of != null
          && next < end.before()
          && next <= end.log().head()
          && of.committedBefore(next) < end.since()) {
        String statement =
            "read up to %d, though %d was known %.3f s before it asked"
                .formatted(end.last(), next, (end.since() - of.committedBefore(next)) / 1e6);
        findings.add(
            Suspicion.seen(
                Invariant.READ_AFTER_ACKNOWLEDGE,
                end.client(),
                end.log().id(),
                next,
                end.at(),
                statement));
      }
    }
  }
}
