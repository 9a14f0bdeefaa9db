package dev.parley.messages.history;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.change.Answer;
import dev.parley.messages.change.Change;
import dev.parley.messages.change.Changes;
import dev.parley.messages.change.Repetition;
import dev.parley.messages.conversation.Access;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.runtime.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Sends messages over REST, with the rules of `send` on the socket.
@ApplicationScoped
class Posting {
  private final Access access;
  private final Changes changes;
  private final PostgresLog log;

  Posting(Access access, Changes changes, PostgresLog log) {
    this.access = access;
    this.changes = changes;
    this.log = log;
  }

  /// Appends `message`, or finds that it was sent before.
  Answer<Sent> send(
      UUID user, UUID conversation, NewMessage message, @Nullable Repetition request) {
    return changes.once(request, Sent.class, () -> append(user, conversation, message));
  }

  private Change<Sent> append(UUID user, UUID conversation, NewMessage message) {
    Access.Rows locked = access.locked(user, conversation);
    LoggedEvent there = log.byRequest(conversation, message.message());
    // Also after the sender has left: the first answer stands.
    if (there != null && there.user().equals(user) && EventKind.MESSAGE.is(there.kind())) {
      return Change.nothing(Sent.of(there, true));
    }
    locked.require(Plain.SEND);
    if (there != null) {
      throw new Problem(ErrorCode.CONFLICT, "'message' is an id that is taken.");
    }
    if (message.replyTo() != null && !isMessage(conversation, message.replyTo())) {
      throw new Problem(
          ErrorCode.BAD_REQUEST, "'replyTo' must name a message of this conversation.");
    }
    List<LoggedEvent> logged =
        log.append(
            conversation,
            List.of(
                new NewEvent(
                    EventKind.MESSAGE,
                    user,
                    null,
                    message.message(),
                    message.replyTo(),
                    EventDetail.message(message.content()))));
    return Change.done(Sent.of(logged.getFirst(), false), logged);
  }

  private boolean isMessage(UUID conversation, UUID id) {
    LoggedEvent event = log.byRequest(conversation, id);
    return event != null && EventKind.MESSAGE.is(event.kind());
  }
}
