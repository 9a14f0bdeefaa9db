package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.ChangeKind;
import dev.parley.chaos.history.Via;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// What was asked for over REST and not answered yet; repeated with its id until it is. On the
/// event loop; [#size] any thread.
final class Requests {
  private static final String PATH = "/api/conversations/";

  private final Desk desk;
  private final BiConsumer<Command, Long> acknowledged;
  private final Map<UUID, Command> pending = new HashMap<>();
  private volatile int size;

  /// @param acknowledged hears each acknowledged command and its number
  Requests(Desk desk, BiConsumer<Command, Long> acknowledged) {
    this.desk = desk;
    this.acknowledged = acknowledged;
  }

  int size() {
    return size;
  }

  void add(Command command) {
    pending.put(command.id(), command);
    size = pending.size();
    ask(command, 1);
  }

  private void ask(Command command, int attempt) {
    desk.write(command.wish(attempt));
    String path = PATH + command.conversation();
    ChangeKind kind = command.kind();
    UUID key = kind == null || kind == ChangeKind.ADD ? command.id() : null;
    String method = kind == ChangeKind.REMOVE ? "DELETE" : "POST";
    String rest =
        switch (kind) {
          case null -> "/messages";
          case ADD -> "/members";
          case REMOVE -> "/members/" + command.member();
          case LEAVE -> "/leave";
          case EDIT, DELETE, REACT, PIN, UPDATE, ROLE, JOIN ->
              throw new IllegalArgumentException("not over REST: " + kind);
        };
    boolean says = kind == null || kind == ChangeKind.ADD;
    desk.when(
        desk.api().ask(method, path + rest, says ? command.frame() : null, desk.token(), key),
        answer -> take(command, attempt, answer));
  }

  private void take(Command command, int attempt, Api.Answer answer) {
    if (answer.ok()) {
      Long seq = Json.optionalNumber(answer.body(), "seq");
      write(command, attempt, answer.body(), seq);
      settled(command);
      if (seq != null) {
        desk.ledger().seen(command.conversation(), seq);
        acknowledged.accept(command, seq);
      }
      return;
    }
    String code = answer.code();
    Long wait;
    if (code == null) {
      desk.write(new Answer.Unknown(command.id(), attempt, Via.REST, answer.cause()));
      wait = Repeats.after("internal", null, attempt, desk.random());
    } else {
      desk.write(new Answer.Refused(command.id(), attempt, Via.REST, code, null));
      if (code.equals("unauthenticated")) {
        desk.renewToken();
        wait = 2_000L;
      } else {
        wait = Repeats.after(code, null, attempt, desk.random());
      }
    }
    if (wait == null) {
      settled(command);
    } else {
      desk.later(wait, () -> ask(command, attempt + 1));
    }
  }

  private void write(Command command, int attempt, JsonNode body, @Nullable Long seq) {
    boolean repeated = body.path("repeated").asBoolean();
    if (command.isMessage()) {
      desk.write(
          new Answer.Sent(
              command.conversation(),
              Json.id(body, "message"),
              attempt,
              Via.REST,
              Json.number(body, "seq"),
              repeated,
              Json.time(body)));
    } else {
      desk.write(
          new Answer.Done(
              command.conversation(),
              command.id(),
              attempt,
              Via.REST,
              seq,
              repeated,
              seq == null ? null : Json.time(body)));
    }
  }

  private void settled(Command command) {
    pending.remove(command.id());
    size = pending.size();
  }
}
