package dev.parley.messages.ingest;

import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.messages.ingest.LogState.RequestKey;
import java.util.UUID;

/// A reply that the sender of a command may still wait for.
record Owed(RequestKey request, UUID user, ReplyAddress reply, Trace trace) {
  static Owed of(Incoming.Wellformed incoming) {
    Command command = incoming.command();
    return new Owed(
        new RequestKey(command.conversation(), command.request()),
        command.user(),
        command.reply(),
        incoming.trace());
  }
}
