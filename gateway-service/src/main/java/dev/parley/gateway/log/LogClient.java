package dev.parley.gateway.log;

import dev.parley.contracts.json.JsonText;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// The one door to the log, which the message-service owns and guards: every read names the user on
/// whose behalf it is made. Any thread; nothing blocks. Stages complete on a thread of the client,
/// or fail there with a [dev.parley.gateway.session.Refusal]: `not_found` for what the user may not
/// read, `unavailable` for what could not be read now.
public interface LogClient {
  /// What a user is a member of.
  ///
  /// @param conversations most recently active first, each with the number of the event by which
  ///   the user came in
  /// @param truncated whether there are more than the limit
  record Memberships(SequencedMap<UUID, Long> conversations, boolean truncated) {
    /// Of nothing.
    public static final Memberships NONE = new Memberships(new LinkedHashMap<>(0), false);
  }

  /// Consecutive events of one conversation, ascending.
  ///
  /// @param lines one event object each, as clients see it
  /// @param first number of the first line; 0 if there is none. Line i is event `first + i`
  /// @param more whether further events exist in the direction read
  /// @param head number of the conversation's last event at the time of reading
  record Page(List<JsonText> lines, long first, boolean more, long head) {}

  /// The conversations of `user`, at most `limit`.
  CompletionStage<Memberships> memberships(UUID user, int limit);

  /// The head of each of `conversations` that `user` may read now, read from the primary; the
  /// others are absent.
  CompletionStage<Map<UUID, Long>> heads(UUID user, Collection<UUID> conversations);

  /// The heads of `conversations` as such, on nobody's behalf: numbers that tell a gateway whether
  /// something is missing, not content.
  CompletionStage<Map<UUID, Long>> tails(Collection<UUID> conversations);

  /// The first events above `after`, at least one if there are any that `user` may read. For the
  /// many that catch up at once: what they ask is put together, so it may take a moment longer than
  /// [#history].
  ///
  /// @param limit from 1 to 1,000
  CompletionStage<Page> missed(UUID user, UUID conversation, long after, int limit);

  /// As [#missed], for those who are there already: it does not wait behind the many that catch up.
  CompletionStage<Page> hole(UUID user, UUID conversation, long after, int limit);

  /// Events: above `after`, the first ones; below `before`, the last ones; between both, from
  /// `after` upward; with neither, the newest. A page also ends at 900 KiB.
  ///
  /// @param limit from 1 to 1,000
  CompletionStage<Page> history(
      UUID user, UUID conversation, OptionalLong after, OptionalLong before, int limit);
}
