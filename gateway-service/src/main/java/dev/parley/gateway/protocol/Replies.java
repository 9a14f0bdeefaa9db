package dev.parley.gateway.protocol;

import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.session.Refusal;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Outlet;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Answers to one client's commands: those that are sent, and those that other services owe.
/// Confined to the session's loop.
final class Replies {
  private final SessionPorts ports;
  private final Outlet outlet;
  private final OwedReplies owed = new OwedReplies();
  private boolean ended;

  Replies(SessionPorts ports, Outlet outlet) {
    this.ports = ports;
    this.outlet = outlet;
  }

  /// Answers a command, if it has an id.
  void reply(OptionalLong commandId, JsonText json) {
    if (commandId.isPresent() && !ended) {
      outlet.write(Frame.of(ServerFrames.reply(commandId.getAsLong(), json)));
    }
  }

  /// Refuses a command.
  void refuse(OptionalLong commandId, String type, Refusal refusal) {
    refuse(commandId, type, refusal, null);
  }

  /// Refuses a command.
  ///
  /// @param trace what the reply names besides, null for nothing
  void refuse(OptionalLong commandId, String type, Refusal refusal, @Nullable String trace) {
    ports.metrics().command(type, refusal.code().wire());
    reply(
        commandId,
        ServerFrames.traced(
            trace, ServerFrames.error(refusal.code(), refusal.getMessage(), refusal.retryAfter())));
  }

  /// A ticket for a command that another service answers.
  ///
  /// @param trace what the reply names besides, null for nothing
  long ticket(OptionalLong commandId, String type, @Nullable String trace) {
    if (commandId.isEmpty()) {
      return owed.ticket();
    }
    ports.metrics().owed(1);
    return owed.owe(
        commandId.getAsLong(),
        type,
        ports.nanos().getAsLong() + ports.limits().replyWithin().toNanos(),
        trace);
  }

  /// The id of the command that `ticket` was given for, if it is owed a reply; no more from now on.
  OptionalLong take(long ticket) {
    OptionalLong id = owed.take(ticket);
    if (id.isPresent()) {
      ports.metrics().owed(-1);
    }
    return id;
  }

  /// The trace that the reply owed for `ticket` names, null if it names none.
  @Nullable String trace(long ticket) {
    return owed.trace(ticket);
  }

  /// How many are owed.
  int owed() {
    return owed.size();
  }

  /// Refuses what has waited for too long.
  void tick(long nowNanos) {
    for (OwedReplies.Owed late : owed.overdue(nowNanos)) {
      ports.metrics().owed(-1);
      refuse(OptionalLong.of(late.id()), late.type(), Refusals.timeout(), late.trace());
    }
  }

  /// The session has ended: nothing more is sent, and nothing is owed.
  void end() {
    ended = true;
    ports.metrics().owed(-owed.size());
    owed.clear();
  }
}
