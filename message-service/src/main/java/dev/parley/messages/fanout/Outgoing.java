package dev.parley.messages.fanout;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.event.EventEncoder;
import dev.parley.contracts.event.LoggedEvent;
import org.jspecify.annotations.Nullable;

/// Something to be delivered, and what is passed on of the command that caused it.
///
/// @param trace null where no command caused it
public record Outgoing(Delivery delivery, @Nullable Trace trace) {
  /// Headers that travel with a command from the gateway and back.
  ///
  /// @param traceparent W3C trace context
  /// @param received epoch milliseconds at which the gateway received the command, as text
  public record Trace(@Nullable String traceparent, @Nullable String received) {
    /// When the gateway received the command, 0 if that is not known.
    public long receivedMillis() {
      return RecordHeaders.millis(received);
    }
  }

  /// `event` for everyone who is interested.
  ///
  /// @param reply the session that is owed the answer, null if none is
  public static Outgoing event(
      LoggedEvent event, @Nullable ReplyAddress reply, @Nullable Trace trace) {
    return new Outgoing(
        new Delivery.Event(
            event.conversation(),
            event.seq(),
            event.at(),
            event.kind(),
            event.user(),
            event.member(),
            event.request(),
            reply,
            trace == null ? 0 : trace.receivedMillis(),
            EventEncoder.encode(event)),
        trace);
  }
}
