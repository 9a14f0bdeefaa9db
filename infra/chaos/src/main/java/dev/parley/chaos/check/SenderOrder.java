package dev.parley.chaos.check;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Holds what one device sent to SENDER_ORDER.
final class SenderOrder {
  private final LogBook book;
  private final Findings findings;

  private record Stream(int connection, UUID conversation) {}

  SenderOrder(LogBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  void check(Client client, Wishes wishes) {
    Map<Stream, Logged> last = new HashMap<>();
    for (Asked asked : wishes.all()) {
      UUID conversation = asked.conversation();
      if (conversation == null || !asked.ordered()) {
        continue;
      }
      Logged row = book.of(conversation).byId(asked.wish().id());
      if (row == null) {
        continue;
      }
      Logged before = last.put(new Stream(asked.connection(), conversation), row);
      if (before != null && before.seq() > row.seq()) {
        String statement =
            "sent %s before %s in one session, and the log has them as %d and %d"
                .formatted(before.id(), row.id(), before.seq(), row.seq());
        findings.add(
            Suspicion.seen(
                Invariant.SENDER_ORDER, client, conversation, row.seq(), asked.at(), statement));
      }
    }
  }
}
