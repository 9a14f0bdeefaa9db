package dev.parley.gateway.protocol;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.ServerFrames;
import dev.parley.gateway.session.Refusal;
import dev.parley.gateway.token.Tokens;
import dev.parley.runtime.token.Caller;
import dev.parley.runtime.token.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whose session it is and for how long: the token that it was opened or refreshed with. On the
/// session's loop but for [#revoked()] and [#caller()].
final class Login implements Tokens.Holder {
  private final Session session;
  private final SessionPorts ports;
  private final TokenLife life = new TokenLife();
  private volatile @Nullable Caller caller;
  private boolean watched;

  Login(Session session, SessionPorts ports) {
    this.session = session;
    this.ports = ports;
  }

  @Override
  public Caller caller() {
    return Objects.requireNonNull(caller, "the session is not open");
  }

  @Override
  public void revoked() {
    session.close(CloseCode.REVOKED, "revoked");
  }

  /// Takes `newer` for the session's token. Returns false if it has been revoked meanwhile.
  boolean begin(Caller newer) {
    end();
    caller = newer;
    life.begin(newer.expires());
    watched = ports.tokens().watch(this);
    return watched;
  }

  /// The session has ended.
  void end() {
    if (watched) {
      ports.tokens().forget(this);
      watched = false;
    }
  }

  /// Epoch milliseconds.
  long expires() {
    return life.expires();
  }

  void tick(long nowMillis) {
    switch (life.due(nowMillis)) {
      case NOTHING -> {}
      case WARNING -> session.push(ServerFrames.expiring(life.expires()));
      case END -> session.end(CloseCode.NOT_AUTHENTICATED, "the token has ended");
    }
  }

  void refresh(ClientFrame.Refresh refresh) {
    session.whenChanged(
        ports.tokens().verify(refresh.token()),
        verdict -> {
          Refusal refusal = refresh(verdict);
          if (refusal == null) {
            ports.metrics().command(refresh.type(), CommandMetrics.ACCEPTED);
            session.replies().reply(refresh.id(), ServerFrames.refreshed(life.expires()));
          } else {
            session.replies().refuse(refresh.id(), refresh.type(), refusal);
            if (!watched) {
              session.end(CloseCode.REVOKED, "revoked");
            }
          }
        },
        refusal -> session.replies().refuse(refresh.id(), refresh.type(), refusal));
  }

  private @Nullable Refusal refresh(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Accepted(Caller newer) -> {
        if (!newer.user().equals(caller().user())) {
          yield new Refusal(ErrorCode.FORBIDDEN, "The token belongs to another user.");
        }
        yield begin(newer)
            ? null
            : new Refusal(ErrorCode.UNAUTHENTICATED, "The token has been revoked.");
      }
      case Verdict.Refused refused ->
          new Refusal(ErrorCode.UNAUTHENTICATED, "The token is not valid.");
      case Verdict.Revoked revoked ->
          new Refusal(ErrorCode.UNAUTHENTICATED, "The token has been revoked.");
      case Verdict.Unknown unknown -> Refusal.unavailable("Tokens cannot be verified now.");
    };
  }
}
