package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Reads the log: what the device was told that it missed, and looks of its own. On the event loop.
final class Paging {
  private static final int LARGEST_PAGE = 200;
  private static final long AGAIN_MILLIS = 500;

  private final Desk desk;
  private final Map<Long, Open> asked = new HashMap<>();
  private final Set<UUID> fetching = new HashSet<>();
  private int connection;

  /// @param to the last number wanted; null for a look
  private record Open(UUID read, UUID conversation, @Nullable Long to) {}

  Paging(Desk desk) {
    this.desk = desk;
  }

  /// Fetches what is owed, one page of each conversation at a time.
  void fetchOwed() {
    while (desk.live()) {
      var next = desk.positions().nextOwed(fetching);
      if (next == null) {
        return;
      }
      fetching.add(next.getKey());
      Positions.Range range = next.getValue();
      int limit = (int) Math.min(LARGEST_PAGE, range.to() - range.from() + 1);
      ask(next.getKey(), Purpose.BEHIND, range.from() - 1, limit, range.to());
    }
  }

  /// Reads what was just acknowledged, or looks around.
  void look(UUID conversation, Purpose purpose, long after, int limit) {
    if (desk.live()) {
      ask(conversation, purpose, after, limit, null);
    }
  }

  /// The same over REST, by which the entry may choose another message-service.
  void lookOverRest(UUID conversation, Purpose purpose, long after, int limit) {
    UUID read = UUID.randomUUID();
    desk.write(new Reading.Read(conversation, read, purpose, Via.REST, after, null, limit));
    String path =
        "/api/conversations/%s/events?after=%d&limit=%d".formatted(conversation, after, limit);
    desk.when(
        desk.api().ask("GET", path, null, desk.token(), null),
        answer -> {
          if (answer.ok()) {
            desk.write(page(read, answer.body()));
          } else {
            String code = answer.code();
            desk.write(new Reading.Failed(read, code == null ? answer.cause() : code));
          }
        });
  }

  void disconnected() {
    connection++;
    asked.clear();
    fetching.clear();
  }

  boolean answers(long frame) {
    return asked.containsKey(frame);
  }

  void history(long frame, ObjectNode reply) {
    Open open = asked.remove(frame);
    if (open == null) {
      return;
    }
    Reading.Page page = page(open.read(), reply);
    desk.write(page);
    if (open.to() == null) {
      return;
    }
    fetching.remove(open.conversation());
    long last = page.events().isEmpty() ? open.to() : page.events().getLast().seq();
    desk.positions().fetched(open.conversation(), page.more() ? last : open.to());
    fetchOwed();
  }

  void refused(long frame, ObjectNode error) {
    Open open = asked.remove(frame);
    if (open == null) {
      return;
    }
    String code = error.path("code").asText();
    desk.write(new Reading.Failed(open.read(), code));
    if (open.to() == null) {
      return;
    }
    if (Repeats.after(code, null, 1, desk.random()) == null) {
      desk.positions().forget(open.conversation());
      fetching.remove(open.conversation());
      return;
    }
    int then = connection;
    desk.later(
        AGAIN_MILLIS,
        () -> {
          if (then == connection) {
            fetching.remove(open.conversation());
            fetchOwed();
          }
        });
  }

  private void ask(UUID conversation, Purpose purpose, long after, int limit, @Nullable Long to) {
    UUID read = UUID.randomUUID();
    long id = desk.nextId();
    desk.write(new Reading.Read(conversation, read, purpose, Via.SOCKET, after, null, limit));
    asked.put(id, new Open(read, conversation, to));
    desk.say(
        Json.object()
            .put("id", id)
            .put("type", "history")
            .put("conversation", conversation.toString())
            .put("after", after)
            .put("limit", limit));
  }

  private static Reading.Page page(UUID read, JsonNode reply) {
    List<Push.Event> events = new ArrayList<>();
    for (JsonNode event : reply.path("events")) {
      events.add(Json.event((ObjectNode) event));
    }
    return new Reading.Page(read, events, reply.path("more").asBoolean());
  }
}
