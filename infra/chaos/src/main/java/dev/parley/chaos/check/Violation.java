package dev.parley.chaos.check;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An invariant that did not hold, and what to know in order to find out why.
///
/// @param statement what is wrong, on one line
/// @param seq 0 if it is not about one number
/// @param at when it was seen, microseconds since the run began; -1 if no client saw it
/// @param clients the files of the clients concerned
/// @param story lines of the log and of these files around it
/// @param faults what was broken then
/// @param replay the command that makes the run again
public record Violation(
    Invariant invariant,
    String statement,
    @Nullable UUID conversation,
    long seq,
    long at,
    List<String> clients,
    List<String> story,
    List<Fault> faults,
    String replay) {

  /// The whole of it, for people.
  public String text() {
    StringBuilder text = new StringBuilder();
    text.append(invariant).append(": ").append(statement).append('\n');
    if (conversation != null) {
      text.append("  conversation ").append(conversation);
      text.append(seq > 0 ? ", seq " + seq : "").append('\n');
    }
    if (at >= 0) {
      text.append("  at %.3f s%n".formatted(at / 1e6));
    }
    story.forEach(line -> text.append("    ").append(line).append('\n'));
    faults.forEach(fault -> text.append("  fault: ").append(fault).append('\n'));
    return text.append("  replay: ").append(replay).append('\n').toString();
  }
}
