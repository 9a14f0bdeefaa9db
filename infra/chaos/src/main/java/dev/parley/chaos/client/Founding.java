package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/// A new conversation, asked for until it is there. On the device's event loop.
final class Founding {
  private static final long AGAIN_MILLIS = 1_000;

  private final Desk desk;
  private final String kind;
  private final List<UUID> members;
  private final CompletableFuture<UUID> opened;
  private final UUID id = UUID.randomUUID();
  private int attempt;

  Founding(Desk desk, String kind, List<UUID> members, CompletableFuture<UUID> opened) {
    this.desk = desk;
    this.kind = kind;
    this.members = List.copyOf(members);
    this.opened = opened;
  }

  void ask() {
    attempt++;
    desk.write(new Wish.Create(id, attempt, kind, members));
    ObjectNode body = Json.object().put("kind", kind);
    if (kind.equals("group")) {
      body.put("title", "group " + id);
    }
    ArrayNode ids = body.putArray("members");
    members.forEach(member -> ids.add(member.toString()));
    desk.when(desk.api().ask("POST", "/api/conversations", body, desk.token(), id), this::take);
  }

  private void take(Api.Answer answer) {
    if (answer.ok()) {
      UUID conversation = Json.id(answer.body(), "conversation");
      boolean repeated = answer.body().path("repeated").asBoolean();
      long seq = Json.number(answer.body(), "seq");
      desk.write(new Answer.Created(id, attempt, conversation, seq, repeated));
      opened.complete(conversation);
      return;
    }
    String code = answer.code();
    if (code == null) {
      desk.write(new Answer.Unknown(id, attempt, Via.REST, answer.cause()));
    } else {
      desk.write(new Answer.Refused(id, attempt, Via.REST, code, null));
      if (Repeats.after(code, null, attempt, desk.random()) == null) {
        opened.completeExceptionally(
            new IllegalStateException("a conversation was refused: " + answer.body()));
        return;
      }
    }
    desk.later(AGAIN_MILLIS, this::ask);
  }
}
