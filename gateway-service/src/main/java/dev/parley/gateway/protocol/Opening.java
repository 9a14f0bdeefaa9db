package dev.parley.gateway.protocol;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.Connected;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.gateway.feed.Subscriptions;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.token.Caller;
import dev.parley.runtime.token.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `connect`: the token, the user's count of sessions, presence, subscriptions, then `connected`. A
/// refusal ends the connection, and whatever was taken up to then is given back. On the loop.
final class Opening {
  private static final String TYPE = "connect";

  private final Session session;
  private final Login login;
  private final SessionPorts ports;
  private final @Nullable String bearerToken;
  private boolean all;
  private @Nullable UUID counted;
  private @Nullable UUID reported;
  private boolean subscribing;

  Opening(Session session, Login login, SessionPorts ports, @Nullable String bearerToken) {
    this.session = session;
    this.login = login;
    this.ports = ports;
    this.bearerToken = bearerToken;
  }

  /// Whether the client asked for every conversation of its user.
  boolean all() {
    return all;
  }

  void begin(ClientFrame.Connect connect) {
    all = connect.all();
    if (connect.token() != null && bearerToken != null) {
      refuse(
          connect.id(),
          new Refusal(ErrorCode.BAD_REQUEST, "The token came twice: with the handshake and here."));
      return;
    }
    String token = connect.token() != null ? connect.token() : bearerToken;
    if (token == null) {
      refuse(connect.id(), new Refusal(ErrorCode.UNAUTHENTICATED, "token is missing."));
      return;
    }
    session.whenChanged(
        ports.tokens().verify(token),
        verdict -> judged(connect, verdict),
        refusal -> refuse(connect.id(), refusal));
  }

  /// Refuses `connect`, or what came in its place, and ends the connection.
  void refuse(OptionalLong commandId, Refusal refusal) {
    refuse(commandId, refusal, Refusals.closing(refusal.code()));
  }

  /// Gives back what an opened or half-opened session has taken.
  void undo() {
    if (subscribing) {
      ports.subscriptions().closed(session);
      subscribing = false;
    }
    login.end();
    if (reported != null) {
      ports.reports().closed(reported, session.session());
      reported = null;
    }
    if (counted != null) {
      ports.users().close(counted);
      counted = null;
    }
  }

  private void refuse(OptionalLong commandId, Refusal refusal, CloseCode code) {
    session.replies().refuse(commandId, TYPE, refusal);
    session.end(code, Objects.requireNonNullElse(refusal.getMessage(), ""));
  }

  private void judged(ClientFrame.Connect connect, Verdict verdict) {
    switch (verdict) {
      case Verdict.Accepted(Caller caller) -> admit(connect, caller);
      case Verdict.Refused refused ->
          refuse(connect.id(), new Refusal(ErrorCode.UNAUTHENTICATED, "The token is not valid."));
      case Verdict.Revoked revoked -> refuseRevoked(connect.id());
      case Verdict.Unknown unknown ->
          refuse(connect.id(), Refusal.unavailable("Tokens cannot be verified now."));
    }
  }

  private void admit(ClientFrame.Connect connect, Caller caller) {
    if (ports.slot().address().isEmpty()) {
      refuse(connect.id(), Refusal.unavailable("This gateway takes no sessions now."));
      return;
    }
    counted = caller.user();
    session.whenChanged(
        ports.users().open(caller.user()),
        room -> {
          if (room) {
            subscribe(connect, caller);
          } else {
            refuse(
                connect.id(),
                new Refusal(
                    ErrorCode.RATE_LIMITED,
                    "A user may have " + ports.limits().sessionsPerUser() + " sessions."));
          }
        },
        refusal -> refuse(connect.id(), refusal));
  }

  private void subscribe(ClientFrame.Connect connect, Caller caller) {
    if (ports.slot().address().isEmpty()) {
      // Lost meanwhile: whoever is not known to fan-out yet was not told to reconnect.
      refuse(connect.id(), Refusal.unavailable("This gateway takes no sessions now."));
      return;
    }
    if (!login.begin(caller)) {
      refuseRevoked(connect.id());
      return;
    }
    reported = caller.user();
    ports.reports().opened(caller.user(), session.session());
    subscribing = true;
    session.whenChanged(
        ports.subscriptions().open(session, connect.all(), connect.resume()),
        opened -> greet(connect, opened),
        refusal -> refuse(connect.id(), refusal));
  }

  private void refuseRevoked(OptionalLong commandId) {
    refuse(
        commandId,
        new Refusal(ErrorCode.UNAUTHENTICATED, "The token has been revoked."),
        CloseCode.REVOKED);
  }

  private void greet(ClientFrame.Connect connect, Subscriptions.Opened opened) {
    List<Connected.Head> heads =
        opened.conversations().stream()
            .map(head -> new Connected.Head(head.conversation(), head.seq()))
            .toList();
    Greeting greeting = ports.greeting();
    ports.metrics().command(TYPE, CommandMetrics.ACCEPTED);
    session.opened();
    session
        .replies()
        .reply(
            connect.id(),
            ServerFrames.connected(
                new Connected(
                    session.session(),
                    session.user(),
                    login.expires(),
                    greeting.pingSeconds(),
                    greeting.server(),
                    greeting.limits(),
                    heads,
                    opened.truncated())));
    opened.start().run();
  }
}
