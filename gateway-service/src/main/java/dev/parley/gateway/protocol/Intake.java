package dev.parley.gateway.protocol;

import dev.parley.contracts.frame.ParsedFrame;
import dev.parley.gateway.limit.CommandRate;
import dev.parley.gateway.transport.Outlet;
import java.util.function.Consumer;

/// What one client has sent, given out in order as the session can take it: while a command that
/// changes the session waits for another service, too many are not answered, or the client goes too
/// fast, later ones wait here and nothing more is read from it. Confined to the session's loop.
final class Intake {
  /// Reads of history and presence that a session may have under way.
  private static final int READS = 4;

  private final SessionPorts ports;
  private final Outlet outlet;
  private final Replies replies;
  private final Consumer<ParsedFrame> handler;
  private final Inbox inbox;
  private final CommandRate rate;
  private long pausedUntil;
  private int changes;
  private int reads;
  private boolean stopped;
  private boolean ended;
  private boolean notRead;
  private boolean pumping;

  Intake(SessionPorts ports, Outlet outlet, Replies replies, Consumer<ParsedFrame> handler) {
    this.ports = ports;
    this.outlet = outlet;
    this.replies = replies;
    this.handler = handler;
    this.inbox = new Inbox(ports.json());
    long now = ports.nanos().getAsLong();
    this.rate =
        new CommandRate(ports.limits().commandsPerSecond(), ports.limits().commandBurst(), now);
    this.pausedUntil = now;
  }

  void add(byte[] utf8) {
    inbox.add(utf8);
  }

  /// Hands out what may be handled now.
  void pump() {
    if (pumping || ended) {
      return;
    }
    pumping = true;
    try {
      ParsedFrame next;
      while (!held() && (next = inbox.next()) != null) {
        handler.accept(next);
      }
    } finally {
      pumping = false;
    }
    if (!ended) {
      readOrNot(held() || !inbox.isEmpty());
    }
  }

  /// What the session's rate makes of one more command.
  CommandRate.Decision rated() {
    long now = ports.nanos().getAsLong();
    CommandRate.Decision decision = rate.next(now);
    if (decision == CommandRate.Decision.REFUSE_AND_PAUSE) {
      pausedUntil = now + CommandRate.PAUSE.toNanos();
    }
    return decision;
  }

  /// A command that changes the session waits for another service.
  void changing(int more) {
    changes += more;
  }

  /// A read waits for another service.
  void reading(int more) {
    reads += more;
  }

  /// Whether nothing of what was handed out is under way any more.
  boolean settled() {
    return changes == 0 && reads == 0;
  }

  /// Whether the client is not read, so that [#pump] has to go on when something is over.
  boolean notRead() {
    return notRead;
  }

  /// Nothing more is handed out.
  void stop() {
    stopped = true;
    pump();
  }

  /// The session has ended.
  void end() {
    ended = true;
    inbox.clear();
  }

  private boolean held() {
    return ended
        || stopped
        || changes > 0
        || reads >= READS
        || replies.owed() >= ports.limits().unanswered()
        || pausedUntil - ports.nanos().getAsLong() > 0;
  }

  private void readOrNot(boolean hold) {
    if (hold && !notRead) {
      outlet.pauseReading();
    } else if (!hold && notRead) {
      outlet.resumeReading();
    }
    notRead = hold;
  }
}
