package dev.parley.messages.conversation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation that was just opened, or, for two people, found again.
///
/// @param kind `direct`, `group` or `channel`
/// @param seq the head of its log
@JsonInclude(JsonInclude.Include.NON_NULL)
record Created(UUID conversation, String kind, @Nullable String title, long seq) {}
