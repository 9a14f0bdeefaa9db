package dev.parley.chaos.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes violations of suspicions: adds the rows of the log, the lines of the clients concerned and
/// the faults around them. Reads each file concerned once more.
final class Storyteller {
  private static final long FAULT_BEFORE_MICROS = 45_000_000;
  private static final long FAULT_AFTER_MICROS = 5_000_000;
  private static final int ROWS_AROUND = 2;

  private final Evidence evidence;
  private final LogBook book;

  Storyteller(Evidence evidence, LogBook book) {
    this.evidence = evidence;
    this.book = book;
  }

  List<Violation> tell(List<Suspicion> suspicions) throws IOException {
    Map<Suspicion, Long> times = new LinkedHashMap<>();
    suspicions.forEach(suspicion -> times.put(suspicion, time(suspicion)));
    Map<Suspicion, List<Excerpt>> excerpts = excerpts(times);
    List<Violation> violations = new ArrayList<>();
    times.forEach((suspicion, at) ->
        violations.add(
            new Violation(
                suspicion.invariant(),
                suspicion.statement(),
                suspicion.conversation(),
                suspicion.seq(),
                at,
                suspicion.clients().stream().map(Client::name).toList(),
                story(suspicion, excerpts.getOrDefault(suspicion, List.of())),
                faults(at),
                evidence.replay())));
    return violations;
  }

  /// When it was seen; of what only the log shows, when the row was asked for.
  private long time(Suspicion suspicion) {
    Logged row = row(suspicion);
    if (suspicion.at() >= 0 || row == null) {
      return suspicion.at();
    }
    ConversationLog log = book.of(row.conversation());
    if (log.has(row, ConversationLog.Mark.ASKED)) {
      return log.askedAt(row);
    }
    return log.seenAt(row) == ConversationLog.NEVER ? -1 : log.seenAt(row);
  }

  private @Nullable Logged row(Suspicion suspicion) {
    UUID conversation = suspicion.conversation();
    return conversation == null ? null : book.of(conversation).row(suspicion.seq());
  }

  private List<String> story(Suspicion suspicion, List<Excerpt> excerpts) {
    List<String> story = new ArrayList<>();
    UUID conversation = suspicion.conversation();
    if (conversation != null && suspicion.seq() > 0) {
      ConversationLog log = book.of(conversation);
      for (long seq = suspicion.seq() - ROWS_AROUND; seq <= suspicion.seq() + ROWS_AROUND; seq++) {
        Logged row = log.row(seq);
        if (row != null) {
          story.add("log: " + row);
        }
      }
    }
    excerpts.forEach(excerpt -> story.addAll(excerpt.lines()));
    return story;
  }

  private List<Fault> faults(long at) {
    return at < 0
        ? List.of()
        : evidence.faults().stream()
            .filter(fault -> fault.during(at - FAULT_BEFORE_MICROS, at + FAULT_AFTER_MICROS))
            .toList();
  }

  private Map<Suspicion, List<Excerpt>> excerpts(Map<Suspicion, Long> times) throws IOException {
    Map<Suspicion, List<Excerpt>> bySuspicion = new LinkedHashMap<>();
    Map<Path, List<Excerpt>> byFile = new LinkedHashMap<>();
    times.forEach((suspicion, at) -> {
      for (Client client : suspicion.clients()) {
        Excerpt excerpt = new Excerpt(client, suspicion.conversation(), at);
        bySuspicion.computeIfAbsent(suspicion, key -> new ArrayList<>()).add(excerpt);
        byFile.computeIfAbsent(client.file(), key -> new ArrayList<>()).add(excerpt);
      }
    });
    for (Map.Entry<Path, List<Excerpt>> file : byFile.entrySet()) {
      try (BufferedReader lines = Files.newBufferedReader(file.getKey(), UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          for (Excerpt excerpt : file.getValue()) {
            excerpt.offer(line);
          }
        }
      }
    }
    return bySuspicion;
  }
}
