package dev.parley.gateway.protocol;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.frame.ClientFrame;
import dev.parley.contracts.frame.ParsedFrame;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.limit.CommandRate;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.session.Refusal;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.Outlet;
import dev.parley.runtime.logging.About;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// One client's session: fresh until `connect`, opening while that is looked into, open, ended.
///
/// Commands are handled in order, as [Intake] gives them out. Everything happens on the
/// connection's loop but for [#close].
final class Session implements Recipient, Inlet {
  private static final Logger LOG = Logger.getLogger(Session.class);

  private enum Phase {
    FRESH,
    OPENING,
    OPEN,
    ENDED
  }

  private final SessionPorts ports;
  private final Outlet outlet;
  private final UUID id;
  private final Replies replies;
  private final Intake intake;
  private final Login login;
  private final Opening opening;
  private final Dispatch dispatch;
  private final long connectBy;
  private Phase phase = Phase.FRESH;
  private @Nullable Leave leave;
  private final Consumer<Session> onEnd;

  /// @param bearerToken from the handshake, if there was one
  /// @param onEnd called once, on the loop
  Session(
      SessionPorts ports, Outlet outlet, @Nullable String bearerToken, Consumer<Session> onEnd) {
    this.ports = ports;
    this.outlet = outlet;
    this.onEnd = onEnd;
    this.replies = new Replies(ports, outlet);
    this.intake = new Intake(ports, outlet, replies, this::handle);
    this.id = ports.ids().get();
    this.connectBy = ports.nanos().getAsLong() + ports.limits().connectWithin().toNanos();
    this.login = new Login(this, ports);
    this.opening = new Opening(this, login, ports, bearerToken);
    this.dispatch = new Dispatch(this, login, ports);
  }

  @Override
  public UUID session() {
    return id;
  }

  @Override
  public UUID user() {
    return login.caller().user();
  }

  @Override
  public Executor loop() {
    return outlet.loop();
  }

  @Override
  public void send(Frame frame) {
    outlet.write(frame);
  }

  @Override
  public void whenDrained(Runnable action) {
    outlet.whenDrained(action);
  }

  @Override
  public @Nullable String trace(long ticket) {
    return replies.trace(ticket);
  }

  @Override
  public OptionalLong settle(long ticket) {
    OptionalLong settled = replies.take(ticket);
    if (settled.isPresent() && intake.notRead()) {
      // In a turn of its own: whoever settles has not sent the reply yet.
      loop().execute(this::goOn);
    }
    return settled;
  }

  @Override
  public boolean subscribesAll() {
    return opening.all();
  }

  @Override
  public void doubt(Set<UUID> users) {
    dispatch.doubt(users);
  }

  @Override
  public void close(CloseCode code, String reason) {
    outlet.close(code, reason);
  }

  @Override
  public void received(byte[] utf8) {
    if (phase != Phase.ENDED) {
      intake.add(utf8);
      guarded(intake::pump);
    }
  }

  @Override
  public void restarting(Runnable close) {
    if (phase == Phase.OPEN) {
      leave = Leave.from(ports.nanos().getAsLong(), close);
      intake.stop();
      leaveIfDue();
    } else {
      close.run();
    }
  }

  private void goOn() {
    guarded(intake::pump);
    leaveIfDue();
  }

  private void leaveIfDue() {
    boolean settled = replies.owed() == 0 && intake.settled();
    if (leave != null && live() && leave.due(settled, ports.nanos().getAsLong())) {
      leave.close().run();
    }
  }

  @Override
  public void ended() {
    if (phase == Phase.ENDED) {
      return;
    }
    if (phase == Phase.OPEN) {
      ports.metrics().sessions(-1);
    }
    phase = Phase.ENDED;
    intake.end();
    replies.end();
    opening.undo();
    onEnd.accept(this);
  }

  /// Does what is due; a few times a second.
  void tick(long nowNanos, long nowMillis) {
    guarded(() -> due(nowNanos, nowMillis));
  }

  private void due(long nowNanos, long nowMillis) {
    switch (phase) {
      case FRESH -> {
        if (nowNanos - connectBy >= 0) {
          end(CloseCode.NOT_AUTHENTICATED, "connect did not come in time");
        }
      }
      case OPENING, ENDED -> {}
      case OPEN -> {
        replies.tick(nowNanos);
        login.tick(nowMillis);
        dispatch.tick(nowNanos);
        goOn();
      }
    }
  }

  /// The answers to its client's commands.
  Replies replies() {
    return replies;
  }

  /// Whether the session has not ended.
  boolean live() {
    return phase != Phase.ENDED;
  }

  /// `connected` has been sent.
  void opened() {
    phase = Phase.OPEN;
    ports.metrics().sessions(1);
  }

  /// Says goodbye and ends.
  void end(CloseCode code, String reason) {
    if (live()) {
      outlet.close(code, reason);
      ended();
    }
  }

  /// Sends something that answers nothing.
  void push(JsonText json) {
    outlet.write(Frame.of(json));
  }

  /// Goes on with `then` or `otherwise` when `stage` has completed; until then later commands wait.
  <T> void whenChanged(CompletionStage<T> stage, Consumer<T> then, Consumer<Refusal> otherwise) {
    intake.changing(1);
    await(stage, Runnable::run, () -> intake.changing(-1), then, otherwise);
  }

  /// As [#whenChanged], but only further reads than a few wait. What was read may be large: it is
  /// answered when the client has taken what was sent before, so that asking for several pages at
  /// once is not slow reading.
  <T> void whenRead(CompletionStage<T> stage, Consumer<T> then, Consumer<Refusal> otherwise) {
    intake.reading(1);
    await(stage, outlet::whenDrained, () -> intake.reading(-1), then, otherwise);
  }

  private <T> void await(
      CompletionStage<T> stage,
      Consumer<Runnable> when,
      Runnable before,
      Consumer<T> then,
      Consumer<Refusal> otherwise) {
    var _ =
        stage
            .toCompletableFuture()
            .copy()
            .orTimeout(ports.limits().replyWithin().toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (value, problem) ->
                    when.accept(() -> {
                      before.run();
                      if (live()) {
                        guarded(() -> {
                          if (problem == null) {
                            then.accept(value);
                          } else {
                            otherwise.accept(Refusals.of(problem));
                          }
                        });
                        goOn();
                      }
                    }),
                loop());
  }

  /// A session that trips over a fault of ours ends; the others on its loop go on.
  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException | OutOfMemoryError e) {
      try (About _ = About.session(id)) {
        LOG.error("a session failed and is closed with 1011", e);
      }
      end(CloseCode.INTERNAL, "internal error");
    }
  }

  private void handle(ParsedFrame parsed) {
    switch (parsed) {
      case ParsedFrame.Broken(String reason) -> {
        ports.metrics().command("other", CommandMetrics.BROKEN);
        end(CloseCode.BROKEN_PROTOCOL, reason);
      }
      case ParsedFrame.Refused r -> {
        Refusal refusal = new Refusal(r.code(), r.message());
        if (phase == Phase.FRESH) {
          refuseFirst(r.id(), r.type(), refusal);
        } else if (passes(r.id(), r.type())) {
          replies.refuse(r.id(), r.type(), refusal);
        }
      }
      case ParsedFrame.Accepted(ClientFrame frame) -> {
        if (phase == Phase.FRESH) {
          first(frame);
        } else if (passes(frame.id(), frame.type())) {
          dispatch.handle(frame);
        }
      }
    }
  }

  private void first(ClientFrame frame) {
    if (frame instanceof ClientFrame.Connect connect) {
      phase = Phase.OPENING;
      opening.begin(connect);
    } else {
      refuseFirst(frame.id(), frame.type(), new Refusal(ErrorCode.INTERNAL, ""));
    }
  }

  private void refuseFirst(OptionalLong commandId, String type, Refusal refusal) {
    if (type.equals("connect")) {
      opening.refuse(commandId, refusal);
    } else {
      opening.refuse(
          commandId, new Refusal(ErrorCode.UNAUTHENTICATED, "The first command is connect."));
    }
  }

  /// Whether a command is within the session's rate; if not, it is refused here.
  private boolean passes(OptionalLong commandId, String type) {
    switch (intake.rated()) {
      case PASS -> {
        return true;
      }
      case REFUSE, REFUSE_AND_PAUSE -> {}
      case FLOOD -> {
        end(CloseCode.TOO_MANY, "too many commands");
        return false;
      }
    }
    replies.refuse(
        commandId,
        type,
        new Refusal(
            ErrorCode.RATE_LIMITED,
            "More than " + ports.limits().commandsPerSecond() + " commands a second.",
            OptionalLong.of(CommandRate.RETRY_AFTER.toMillis())));
    return false;
  }
}
