package dev.parley.messages.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation that was just opened, or, for two people, found again.
///
/// @param kind `direct`, `group` or `channel`
/// @param seq the head of its log
/// @param repeated true in the answer to a request that repeats an `Idempotency-Key`, else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
record Created(
    UUID conversation, String kind, @Nullable String title, long seq, @Nullable Boolean repeated) {

  Created(UUID conversation, String kind, @Nullable String title, long seq) {
    this(conversation, kind, title, seq, null);
  }

  /// The same answer to a repetition.
  Created again() {
    return new Created(conversation, kind, title, seq, true);
  }
}
