package dev.parley.messages.membership;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A page of a conversation's members, or of those who are banned from it, ordered by id.
///
/// @param cursor gives the next page; absent on the last one
@JsonInclude(JsonInclude.Include.NON_NULL)
record MemberList(List<Entry> members, @Nullable UUID cursor) {
  /// One of them.
  ///
  /// @param read the last sequence number that they have read
  /// @param joinedAt RFC 3339, UTC
  record Entry(UUID user, String role, long read, String joinedAt) {}
}
