package dev.parley.messages.ingest;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.ingest.LogState.Head;
import dev.parley.messages.ingest.LogState.Known;
import dev.parley.messages.ingest.LogState.MemberKey;
import dev.parley.messages.ingest.LogState.RequestKey;
import dev.parley.messages.permission.Decision;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.permission.Permissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a batch of commands. Pure: the same state, commands and time give the
/// same outcomes, and a batch comes out as its commands one by one would.
final class Sequencer {
  private final Map<UUID, Head> heads;
  private final Map<RequestKey, Known> known;
  private final Map<MemberKey, Role> roles;
  private final long now;

  private Sequencer(LogState state, long now) {
    this.heads = new HashMap<>(state.heads());
    this.known = new HashMap<>(state.known());
    this.roles = state.roles();
    this.now = now;
  }

  /// One outcome for each command, in their order.
  ///
  /// @param commands in the order of their offsets
  /// @param now the clock, epoch milliseconds; a log whose last event is later goes on with that
  ///   one's time
  static List<Outcome> decide(LogState state, List<Command> commands, long now) {
    Sequencer sequencer = new Sequencer(state, now);
    return commands.stream().map(sequencer::apply).toList();
  }

  private Outcome apply(Command command) {
    return switch (command) {
      case Command.Send send -> send(send);
    };
  }

  private Outcome send(Command.Send send) {
    Known first = known.get(new RequestKey(send.conversation(), send.request()));
    // Before the permission: the first answer stands also after the user has left.
    if (first != null && first.user().equals(send.user()) && EventKind.MESSAGE.is(first.kind())) {
      return new Outcome.Repeated(first);
    }
    Head head = heads.get(send.conversation());
    if (head == null) {
      return refused(Permissions.UNKNOWN);
    }
    Role role = roles.get(new MemberKey(send.conversation(), send.user()));
    return switch (Permissions.decide(head.kind(), role, Plain.SEND)) {
      case Decision.Refused no -> refused(no);
      case Decision.Allowed yes -> permitted(send, head, first);
    };
  }

  private Outcome permitted(Command.Send send, Head head, @Nullable Known taken) {
    if (taken != null) {
      return new Outcome.Refused(
          ErrorCode.CONFLICT, "This message id is taken in this conversation.");
    }
    if (send.replyTo() != null && !isMessage(send.conversation(), send.replyTo())) {
      return new Outcome.Refused(
          ErrorCode.BAD_REQUEST, "replyTo names no message of this conversation.");
    }
    LoggedEvent event =
        new LoggedEvent(
            send.conversation(),
            head.seq() + 1,
            Math.max(head.at(), now),
            EventKind.MESSAGE.wire(),
            send.user(),
            null,
            send.request(),
            send.replyTo(),
            EventDetail.message(send.content()));
    heads.put(send.conversation(), new Head(head.kind(), event.seq(), event.at()));
    known.put(
        new RequestKey(send.conversation(), send.request()),
        new Known(event.seq(), event.at(), event.kind(), event.user()));
    return new Outcome.Logged(event);
  }

  private boolean isMessage(UUID conversation, UUID id) {
    Known target = known.get(new RequestKey(conversation, id));
    return target != null && EventKind.MESSAGE.is(target.kind());
  }

  private static Outcome refused(Decision.Refused no) {
    return new Outcome.Refused(no.code(), no.message());
  }
}
