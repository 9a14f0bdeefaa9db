package dev.parley.contracts.delivery;

import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One record on its way to a gateway.
public sealed interface Delivery {
  /// The exact UTF-8 text of one JSON object as clients see it, without a line break; nobody parses
  /// it on the way. What is for the gateway alone ([Heads]) is its own JSON.
  JsonText json();

  /// A committed event, and, where its command is owed a reply by a session, that reply too: the
  /// session gets `sent`/`done` in the event's place.
  ///
  /// @param seq number in the conversation's log, from 1
  /// @param at commit time, epoch milliseconds
  /// @param kind the event's name (`message`, `joined`, ...); unknown ones are passed on
  /// @param user who did it
  /// @param member whom it is about (`joined`, `left`, `role`)
  /// @param message the message id, or the request id of another change
  /// @param received when a gateway received the command, epoch milliseconds; 0 if no command led
  ///   to it or nobody said. For measuring alone
  record Event(
      UUID conversation,
      long seq,
      long at,
      String kind,
      UUID user,
      @Nullable UUID member,
      @Nullable UUID message,
      @Nullable ReplyAddress reply,
      long received,
      JsonText json)
      implements Delivery {
    /// An event of which it is not known when its command was received.
    public Event(
        UUID conversation,
        long seq,
        long at,
        String kind,
        UUID user,
        @Nullable UUID member,
        @Nullable UUID message,
        @Nullable ReplyAddress reply,
        JsonText json) {
      this(conversation, seq, at, kind, user, member, message, reply, 0, json);
    }
  }

  /// A reply without an event of its own: a refusal, a repetition, an acknowledgement of something
  /// that is not in the log. `json` has no `id`; the gateway puts it after the opening brace.
  record Reply(ReplyAddress to, JsonText json) implements Delivery {}

  /// Something ephemeral for the sessions behind a route.
  ///
  /// @param exceptSession the session that it came from, which does not get it back
  /// @param exceptUser a user whose sessions do not get it
  record Push(Route target, @Nullable UUID exceptSession, @Nullable UUID exceptUser, JsonText json)
      implements Delivery {}

  /// Heads of conversations that changed lately, and who joined one, for every gateway: by them it
  /// finds events whose records were lost, though no later event tells of them.
  record Heads(Map<UUID, Long> heads, List<Joined> joined) implements Delivery {
    public Heads {
      heads = Map.copyOf(heads);
      joined = List.copyOf(joined);
    }

    @Override
    public JsonText json() {
      return HeadsJson.write(this);
    }
  }

  /// `member` joined `conversation` with event `seq`.
  record Joined(UUID conversation, UUID member, long seq) {}
}
