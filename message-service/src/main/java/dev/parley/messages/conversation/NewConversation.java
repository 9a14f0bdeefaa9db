package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.messages.request.Body;
import dev.parley.runtime.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What somebody asks for who opens a conversation.
///
/// @param title null where there is none; direct conversations never have one
/// @param members who else is in it from the start, without the one who opens it
/// @param joinRole what people who join a channel by themselves become
record NewConversation(
    ConversationKind kind,
    @Nullable String title,
    @Nullable String topic,
    Role joinRole,
    List<UUID> members) {
  /// Roles that people may get by joining: never one with power over others.
  static final List<Role> JOIN_ROLES = List.of(Role.READER, Role.MEMBER);

  /// Reads and checks the request of `user`.
  ///
  /// @throws Problem naming the member that is wrong
  static NewConversation of(Body body, UUID user, ConversationConfig limits) {
    ConversationKind kind = body.choice("kind", List.of(ConversationKind.values()));
    if (kind == null) {
      throw bad("'kind' is missing; it is direct, group or channel.");
    }
    String title = present(body.text("title", limits.maxTitle()));
    String topic = present(body.text("topic", limits.maxTopic()));
    Role joinRole = body.choice("joinRole", JOIN_ROLES);
    if (joinRole != null && kind != ConversationKind.CHANNEL) {
      throw bad("'joinRole' is for channels; nobody joins a " + kind.wire() + " by themselves.");
    }
    List<UUID> members = new ArrayList<>(body.ids("members", limits.maxMembersPerCreate()));
    boolean self = members.remove(user);
    if (kind == ConversationKind.DIRECT) {
      if (members.size() != 1) {
        throw bad(
            self && members.isEmpty()
                ? "'members' must name somebody else: a direct conversation has two people."
                : "'members' must name the one other person of a direct conversation.");
      }
      return new NewConversation(kind, null, null, Role.READER, List.copyOf(members));
    }
    return new NewConversation(
        kind, title, topic, joinRole == null ? Role.READER : joinRole, List.copyOf(members));
  }

  /// An empty text says that there is none.
  static @Nullable String present(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  private static Problem bad(String detail) {
    return new Problem(ErrorCode.BAD_REQUEST, detail);
  }
}
