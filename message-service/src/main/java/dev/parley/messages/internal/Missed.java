package dev.parley.messages.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.parley.contracts.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// The first events of one conversation above a number, for several who have missed the same.
///
/// @param refused who of those asked for may not read; everybody if there is no such conversation
/// @param events as clients see them, ascending, without a hole; fewer than asked for, or none, if
///   the answer as a whole has no room for more
/// @param first number of the first event; 0 if there is none
/// @param more whether further events exist
/// @param head the greatest number that was given when this was read
record Missed(List<UUID> refused, List<JsonText> events, long first, boolean more, long head) {
  /// What is asked for.
  ///
  /// @param users on whose behalf
  /// @param after the number that they have
  /// @param limit how many events at most
  record Ask(UUID conversation, long after, int limit, List<UUID> users) {}

  /// One line that says what follows, then a line per event.
  void writeTo(ByteArrayOutputStream lines) {
    String names =
        refused.stream().map(user -> "\"" + user + "\"").collect(Collectors.joining(","));
    lines.writeBytes(
        "{\"first\":%d,\"count\":%d,\"more\":%b,\"head\":%d,\"refused\":[%s]}\n"
            .formatted(first, events.size(), more, head, names)
            .getBytes(US_ASCII));
    for (JsonText event : events) {
      lines.writeBytes(event.utf8());
      lines.write('\n');
    }
  }
}
