package dev.parley.gateway.protocol;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.contracts.signal.Signal;
import dev.parley.gateway.kafka.Loss;
import dev.parley.gateway.session.Refusal;
import io.opentelemetry.api.trace.Span;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What an open session's commands do. Whatever concerns a conversation is decided by the
/// message-service; here stands only what a gateway can know. On the loop.
final class Dispatch {
  private final Session session;
  private final Login login;
  private final SessionPorts ports;
  private final Watching watching;

  Dispatch(Session session, Login login, SessionPorts ports) {
    this.session = session;
    this.login = login;
    this.ports = ports;
    this.watching = new Watching(session, ports);
  }

  void handle(ClientFrame frame) {
    switch (frame) {
      case ClientFrame.Connect f ->
          refuse(f, new Refusal(ErrorCode.CONFLICT, "The session is open already."));
      case ClientFrame.Refresh f -> login.refresh(f);
      case ClientFrame.Subscribe f -> subscribe(f);
      case ClientFrame.Unsubscribe f -> {
        ports.subscriptions().unsubscribe(session, f.conversation());
        accept(f, ServerFrames.unsubscribed(f.conversation()));
      }
      case ClientFrame.History f -> history(f);
      case ClientFrame.Send f -> send(f);
      case ClientFrame.Typing f -> typing(f);
      case ClientFrame.Signal f -> signal(f);
      case ClientFrame.Read f -> read(f);
      case ClientFrame.Presence f -> {
        ports.reports().status(session.user(), session.session(), f.status(), f.text());
        accept(f, ServerFrames.done());
      }
      case ClientFrame.Watch f -> watching.watch(f);
      case ClientFrame.Unwatch f -> {
        watching.unwatch(f);
        accept(f, ServerFrames.done());
      }
      case ClientFrame.Ping f -> accept(f, ServerFrames.pong());
    }
  }

  /// As [dev.parley.gateway.session.Recipient#doubt].
  void doubt(Set<UUID> users) {
    watching.doubt(users);
  }

  void tick(long nowNanos) {
    watching.tick(nowNanos);
  }

  private void subscribe(ClientFrame.Subscribe f) {
    session.whenChanged(
        ports.subscriptions().subscribe(session, f.conversation(), f.after()),
        prepared -> {
          accept(f, ServerFrames.subscribed(f.conversation(), prepared.seq()));
          prepared.start().run();
        },
        refusal -> {
          if (refusal.code() == ErrorCode.TIMEOUT) {
            // It may still come to be prepared; the client is told that it is not.
            ports.subscriptions().unsubscribe(session, f.conversation());
          }
          refuse(f, refusal);
        });
  }

  private void history(ClientFrame.History f) {
    session.whenRead(
        ports.log().history(session.user(), f.conversation(), f.after(), f.before(), f.limit()),
        page -> accept(f, ServerFrames.history(f.conversation(), page.lines(), page.more())),
        refusal -> refuse(f, refusal));
  }

  private void send(ClientFrame.Send f) {
    Span trace = f.trace() ? ports.commands().trace() : null;
    ReplyAddress reply = address(f, trace == null ? null : trace.getSpanContext().getTraceId());
    if (reply != null) {
      Command.Send send =
          new Command.Send(
              f.conversation(), session.user(), f.message(), reply, f.replyTo(), f.content());
      if (trace == null) {
        ports.commands().publish(send, loss -> lost(f, reply.ticket(), loss));
      } else {
        ports.commands().publish(send, trace, loss -> lost(f, reply.ticket(), loss));
      }
      taken(f);
    }
  }

  private void typing(ClientFrame.Typing f) {
    ReplyAddress from = subscribed(f, f.conversation()) ? address(f) : null;
    if (from != null) {
      publish(f, new Signal.Typing(f.conversation(), session.user(), from, wanted(f)));
    }
  }

  private void signal(ClientFrame.Signal f) {
    ReplyAddress from = subscribed(f, f.conversation()) ? address(f) : null;
    if (from != null) {
      publish(
          f,
          new Signal.Custom(f.conversation(), session.user(), from, wanted(f), f.name(), f.data()));
    }
  }

  private void read(ClientFrame.Read f) {
    ReplyAddress from = address(f);
    if (from != null) {
      publish(f, new Signal.Read(f.conversation(), session.user(), from, wanted(f), f.seq()));
    }
  }

  private void publish(ClientFrame f, Signal signal) {
    ports.commands().publish(signal, loss -> lost(f, signal.from().ticket(), loss));
    taken(f);
  }

  /// Where the answer to `f` goes; null if it was refused for want of a way back.
  private @Nullable ReplyAddress address(ClientFrame f) {
    return address(f, null);
  }

  /// @param trace what the reply names besides, null for nothing
  private @Nullable ReplyAddress address(ClientFrame f, @Nullable String trace) {
    SlotAddress slot = ports.slot().address().orElse(null);
    if (slot == null) {
      refuse(f, Refusal.unavailable("This gateway takes no commands now."));
      return null;
    }
    return new ReplyAddress(
        slot, session.session(), session.replies().ticket(f.id(), f.type(), trace));
  }

  private boolean subscribed(ClientFrame f, UUID conversation) {
    boolean subscribed = ports.subscriptions().subscribed(session, conversation);
    if (!subscribed) {
      // The same answer whether there is such a conversation or not.
      refuse(
          f,
          new Refusal(ErrorCode.NOT_FOUND, "The session is subscribed to no such conversation."));
    }
    return subscribed;
  }

  /// Any thread.
  private void lost(ClientFrame f, long ticket, Loss loss) {
    session
        .loop()
        .execute(() -> {
          String trace = session.trace(ticket);
          OptionalLong owed = session.settle(ticket);
          if (owed.isPresent()) {
            session.replies().refuse(owed, f.type(), Refusals.of(loss), trace);
          }
        });
  }

  private static boolean wanted(ClientFrame f) {
    return f.id().isPresent();
  }

  private void accept(ClientFrame f, JsonText reply) {
    taken(f);
    session.replies().reply(f.id(), reply);
  }

  private void taken(ClientFrame f) {
    ports.metrics().command(f.type(), CommandMetrics.ACCEPTED);
  }

  private void refuse(ClientFrame f, Refusal refusal) {
    session.replies().refuse(f.id(), f.type(), refusal);
  }
}
