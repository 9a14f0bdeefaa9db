package dev.parley.chaos.history;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A look into the log: `history` on the socket, `GET /api/conversations/{c}/events` over REST.
public sealed interface Reading extends Entry {

  /// Made by the client for its file alone.
  UUID read();

  /// About to ask for a page.
  record Read(
      UUID conversation,
      UUID read,
      Purpose purpose,
      Via via,
      @Nullable Long after,
      @Nullable Long before,
      int limit)
      implements Reading {}

  /// Saw the page.
  record Page(UUID read, List<Push.Event> events, boolean more) implements Reading {}

  /// Saw that there will be none.
  ///
  /// @param code of the error, or the cause where there is no code
  record Failed(UUID read, String code) implements Reading {}
}
