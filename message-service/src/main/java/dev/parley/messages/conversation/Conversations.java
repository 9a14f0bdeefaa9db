package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.change.Change;
import dev.parley.messages.change.Changes;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.request.Body;
import dev.parley.runtime.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Shows and changes single conversations.
@ApplicationScoped
class Conversations {
  private final Access access;
  private final Changes changes;
  private final PostgresDatabase database;
  private final PostgresLog log;

  Conversations(Access access, Changes changes, PostgresDatabase database, PostgresLog log) {
    this.access = access;
    this.changes = changes;
    this.database = database;
    this.log = log;
  }

  /// What an owner wants changed; null stays as it is, an empty text is taken away.
  record Update(@Nullable String title, @Nullable String topic, @Nullable Role joinRole) {
    static Update of(Body body, ConversationConfig limits) {
      return new Update(
          body.text("title", limits.maxTitle()),
          body.text("topic", limits.maxTopic()),
          body.choice("joinRole", NewConversation.JOIN_ROLES));
    }
  }

  /// The conversation as `user` sees it.
  ConversationView view(UUID user, UUID conversation) {
    return database.write(() -> {
      Access.Rows seen = access.rows(user, conversation);
      seen.require(Plain.READ);
      return ConversationView.of(
          seen.conversation(), seen.member(), seen.conversation().head, true);
    });
  }

  /// Changes what differs, as one `updated` event.
  ConversationView update(UUID user, UUID conversation, Update update) {
    return changes.apply(() -> {
      Access.Rows locked = access.locked(user, conversation);
      locked.require(Plain.UPDATE);
      return update(locked, update, user);
    });
  }

  private Change<ConversationView> update(Access.Rows locked, Update wanted, UUID user) {
    Conversation conversation = locked.conversation();
    if (wanted.joinRole() != null && conversation.kind != ConversationKind.CHANNEL) {
      throw new Problem(ErrorCode.BAD_REQUEST, "'joinRole' is for channels.");
    }
    String title = changed(conversation.title, wanted.title());
    String topic = changed(conversation.topic, wanted.topic());
    Role joinRole = wanted.joinRole() == conversation.joinRole ? null : wanted.joinRole();
    if (title == null && topic == null && joinRole == null) {
      return Change.nothing(
          ConversationView.of(conversation, locked.member(), conversation.head, false));
    }
    if (title != null) {
      conversation.title = NewConversation.present(title);
    }
    if (topic != null) {
      conversation.topic = NewConversation.present(topic);
    }
    if (joinRole != null) {
      conversation.joinRole = joinRole;
    }
    List<LoggedEvent> logged =
        log.append(
            conversation.id,
            List.of(
                new NewEvent(
                    EventKind.UPDATED,
                    user,
                    null,
                    null,
                    null,
                    EventDetail.updated(title, topic, joinRole))));
    return Change.done(
        ConversationView.of(conversation, locked.member(), logged.getLast().seq(), true), logged);
  }

  /// `wanted` where it says something else than `now`.
  private static @Nullable String changed(@Nullable String now, @Nullable String wanted) {
    return wanted == null || wanted.equals(Objects.requireNonNullElse(now, "")) ? null : wanted;
  }
}
