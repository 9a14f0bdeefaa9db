package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Via;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What was said on the socket and not answered yet. Everything is repeated with its id until it
/// is: after a loss of the connection in the order of its first attempt, after a passing refusal
/// when its time has come. Some messages are said once more after they were acknowledged, as a
/// client may; nobody waits for what comes of that. On the event loop; [#oldest] and [#size] any
/// thread.
final class Outbox {
  private static final long UNANSWERED_MICROS = TimeUnit.SECONDS.toMicros(60);
  private static final long NEVER = Long.MAX_VALUE;

  /// One of so many messages is repeated though it was acknowledged.
  private static final int REPEATED = 50;

  private static final long FIRST_REPEAT_MILLIS = 1_000;
  private static final long LAST_REPEAT_MILLIS = 6_000;

  private final Desk desk;
  private final BiConsumer<Command, Long> acknowledged;
  private final Map<UUID, Pending> pending = new LinkedHashMap<>();
  private final Map<Long, Pending> asked = new HashMap<>();
  private volatile long oldest = NEVER;
  private volatile int size;

  private static final class Pending {
    final Command command;
    final long since;
    boolean acknowledged;
    int attempt;
    long frame = -1;
    long saidAt;

    Pending(Command command, long since) {
      this.command = command;
      this.since = since;
    }
  }

  /// @param acknowledged hears each acknowledged command and its number
  Outbox(Desk desk, BiConsumer<Command, Long> acknowledged) {
    this.desk = desk;
    this.acknowledged = acknowledged;
  }

  /// When the oldest unanswered command was first asked for.
  long oldest() {
    return oldest;
  }

  int size() {
    return size;
  }

  void add(Command command) {
    Pending added = new Pending(command, desk.now());
    pending.put(command.id(), added);
    changed();
    ask(added);
  }

  /// The connection is there: asks for everything again.
  void connected() {
    List.copyOf(pending.values()).forEach(this::ask);
  }

  /// The connection has ended: nothing that was asked is answered any more.
  void disconnected() {
    asked.clear();
    pending.values().forEach(each -> each.frame = -1);
  }

  /// Whether the id belongs to a command of this box.
  boolean answers(long frame) {
    return asked.containsKey(frame);
  }

  void sent(long frame, ObjectNode reply) {
    Pending answered = asked.remove(frame);
    if (answered == null) {
      return;
    }
    Command command = answered.command;
    long seq = Json.number(reply, "seq");
    desk.write(
        new Answer.Sent(
            Json.id(reply, "conversation"),
            Json.id(reply, "message"),
            answered.attempt,
            Via.SOCKET,
            seq,
            reply.path("repeated").asBoolean(),
            Json.time(reply)));
    if (answered.acknowledged) {
      desk.positions().reply(command.conversation(), seq);
      return;
    }
    settled(command, seq);
    if (desk.random().nextInt(REPEATED) == 0) {
      repeat(answered);
    }
  }

  void done(long frame, ObjectNode reply) {
    Pending answered = asked.remove(frame);
    if (answered == null) {
      return;
    }
    Long seq = Json.optionalNumber(reply, "seq");
    desk.write(
        new Answer.Done(
            Json.id(reply, "conversation"),
            Json.id(reply, "request"),
            answered.attempt,
            Via.SOCKET,
            seq,
            reply.path("repeated").asBoolean(),
            seq == null ? null : Json.time(reply)));
    settled(answered.command, seq);
  }

  void refused(long frame, ObjectNode error) {
    Pending answered = asked.remove(frame);
    if (answered == null) {
      return;
    }
    answered.frame = -1;
    String code = error.path("code").asText();
    Long retryAfter = Json.optionalNumber(error, "retryAfter");
    desk.write(
        new Answer.Refused(answered.command.id(), answered.attempt, Via.SOCKET, code, retryAfter));
    if (answered.acknowledged) {
      return;
    }
    if (answered.command.isMessage()) {
      desk.ledger().refused();
    }
    Long wait = Repeats.after(code, retryAfter, answered.attempt, desk.random());
    if (wait == null) {
      pending.remove(answered.command.id());
      changed();
    } else {
      desk.later(wait, () -> again(answered));
    }
  }

  /// A living session answers everything. What it did not is written down and asked again.
  void look() {
    for (Pending each : List.copyOf(asked.values())) {
      if (desk.now() - each.saidAt > UNANSWERED_MICROS) {
        asked.remove(each.frame);
        each.frame = -1;
        desk.write(
            new Answer.Unknown(
                each.command.id(), each.attempt, Via.SOCKET, "no answer within 60 s"));
        desk.write(new Push.Odd("no answer to " + each.command.frame().path("type").asText()));
        ask(each);
      }
    }
  }

  /// It is in nobody's way: what is asked again so is not pending, and is given up when its
  /// connection ends or it is refused.
  private void repeat(Pending each) {
    each.acknowledged = true;
    each.frame = -1;
    desk.later(desk.random().nextLong(FIRST_REPEAT_MILLIS, LAST_REPEAT_MILLIS), () -> ask(each));
  }

  private void again(Pending each) {
    if (pending.get(each.command.id()) == each) {
      ask(each);
    }
  }

  private void ask(Pending each) {
    if (!desk.live() || each.frame >= 0) {
      return;
    }
    each.attempt++;
    each.frame = desk.nextId();
    each.saidAt = desk.now();
    asked.put(each.frame, each);
    desk.write(each.command.wish(each.attempt));
    if (each.command.isMessage()) {
      desk.ledger().sends(each.command.id());
    }
    ObjectNode frame = Json.object().put("id", each.frame);
    frame.setAll(each.command.frame());
    desk.say(frame);
  }

  private void settled(Command command, @Nullable Long seq) {
    pending.remove(command.id());
    changed();
    if (seq != null) {
      desk.positions().reply(command.conversation(), seq);
      desk.ledger().seen(command.conversation(), seq);
      acknowledged.accept(command, seq);
    }
  }

  private void changed() {
    size = pending.size();
    oldest = pending.isEmpty() ? NEVER : pending.values().iterator().next().since;
  }
}
