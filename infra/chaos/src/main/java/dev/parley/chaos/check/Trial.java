package dev.parley.chaos.check;

import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryReader;
import dev.parley.chaos.history.Line;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// One judgement: the log first, then every history, then what needs all of them.
final class Trial {
  private final Evidence evidence;
  private final Findings findings = new Findings();
  private final Counts counts = new Counts();
  private final LogBook book;
  private final Rules rules;

  Trial(Evidence evidence) {
    this.evidence = evidence;
    this.book = new LogBook(evidence.log(), findings);
    this.rules = Rules.of(book, findings, counts);
  }

  Verdict verdict() throws IOException {
    counts.rows = evidence.log().size();
    for (Path file : evidence.histories()) {
      read(file);
    }
    rules.origins().check();
    Map<UUID, ConversationLog.Bounds> bounds = new HashMap<>();
    for (ConversationLog log : book.all()) {
      ConversationLog.Bounds of = log.bounds();
      bounds.put(log.id(), of);
      Rights.check(log, findings);
      TimeOrder.check(log, of, findings);
    }
    rules.sightings().check(bounds);
    rules.pages().check(bounds);
    rules.refusals().check(bounds);
    Resting.check(evidence.rest(), findings);
    return new Verdict(
        findings.counts(), new Storyteller(evidence, book).tell(findings.kept()), counts.tally());
  }

  private void read(Path file) throws IOException {
    try (HistoryReader reader = new HistoryReader(file)) {
      Line first = reader.next();
      if (first != null && first.what() instanceof Entry.Device device) {
        DeviceHistory.check(new Client(file, device.user(), device.device()), reader, rules);
      } else if (first != null || !reader.torn()) {
        throw new IOException(file + " does not begin with the device whose it is");
      }
    }
  }
}
