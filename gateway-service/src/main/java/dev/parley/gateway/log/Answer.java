package dev.parley.gateway.log;

import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonText;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;

/// What the message-service answered, and how it is read.
record Answer(MultiMap headers, Buffer body) {
  /// A page: a line per event in the body, where it stands in the log in the headers.
  LogClient.Page page() {
    List<JsonText> lines = lines();
    if (lines.size() != number("Parley-Count")) {
      throw new IllegalStateException(
          "a page has %d lines and says %d".formatted(lines.size(), number("Parley-Count")));
    }
    return new LogClient.Page(
        lines,
        lines.isEmpty() ? 0 : number("Parley-First"),
        Boolean.parseBoolean(headers.get("Parley-More")),
        number("Parley-Head"));
  }

  /// Of several users, in the order in which they were asked for.
  List<LogClient.Memberships> memberships() {
    JsonArray users = new JsonObject(body).getJsonArray("users");
    List<LogClient.Memberships> memberships = new ArrayList<>(users.size());
    for (int i = 0; i < users.size(); i++) {
      JsonObject user = users.getJsonObject(i);
      JsonArray found = user.getJsonArray("conversations");
      SequencedMap<UUID, Long> conversations = LinkedHashMap.newLinkedHashMap(found.size());
      for (int j = 0; j < found.size(); j++) {
        JsonObject one = found.getJsonObject(j);
        conversations.put(id(one.getString("conversation")), one.getLong("joined"));
      }
      memberships.add(
          new LogClient.Memberships(conversations, user.getBoolean("truncated", false)));
    }
    return memberships;
  }

  /// Of several readers, in the order in which they were asked for.
  List<Map<UUID, Long>> readers() {
    JsonArray readers = new JsonObject(body).getJsonArray("readers");
    List<Map<UUID, Long>> heads = new ArrayList<>(readers.size());
    for (int i = 0; i < readers.size(); i++) {
      heads.add(heads(readers.getJsonObject(i)));
    }
    return heads;
  }

  Map<UUID, Long> heads() {
    return heads(new JsonObject(body));
  }

  private static Map<UUID, Long> heads(JsonObject of) {
    JsonArray list = of.getJsonArray("heads");
    Map<UUID, Long> heads = HashMap.newHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      JsonObject head = list.getJsonObject(i);
      heads.put(id(head.getString("conversation")), head.getLong("seq"));
    }
    return heads;
  }

  /// What many have missed: a line that says what follows, then a line per event, again and again.
  List<Missed> missed() {
    List<JsonText> lines = lines();
    List<Missed> parts = new ArrayList<>();
    for (int at = 0; at < lines.size(); ) {
      JsonObject said = new JsonObject(lines.get(at).toString());
      int count = said.getInteger("count");
      at++;
      LogClient.Page page =
          new LogClient.Page(
              List.copyOf(lines.subList(at, at + count)),
              said.getLong("first"),
              said.getBoolean("more"),
              said.getLong("head"));
      Set<UUID> refused = new HashSet<>();
      said.getJsonArray("refused").forEach(user -> refused.add(id((String) user)));
      parts.add(new Missed(page, refused));
      at += count;
    }
    return parts;
  }

  /// @param refused who may not read
  record Missed(LogClient.Page page, Set<UUID> refused) {}

  private List<JsonText> lines() {
    byte[] bytes = body.getBytes();
    List<JsonText> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i <= bytes.length; i++) {
      if (i == bytes.length || bytes[i] == '\n') {
        if (i > start) {
          lines.add(JsonText.of(Arrays.copyOfRange(bytes, start, i)));
        }
        start = i + 1;
      }
    }
    return lines;
  }

  private long number(String header) {
    String text = headers.get(header);
    if (text == null) {
      throw new IllegalStateException("a page has no header " + header);
    }
    return Long.parseLong(text);
  }

  private static UUID id(String text) {
    UUID id = Ids.parse(text);
    if (id == null) {
      throw new IllegalStateException("an answer holds an id that is no canonical UUID");
    }
    return id;
  }
}
