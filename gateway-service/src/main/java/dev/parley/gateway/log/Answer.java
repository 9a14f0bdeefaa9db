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
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What the message-service answered, and how it is read.
record Answer(int status, MultiMap headers, Buffer body) {
  /// A page: a line per event in the body, where it stands in the log in the headers.
  LogClient.Page page() {
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

  LogClient.Memberships memberships() {
    JsonObject json = new JsonObject(body);
    JsonArray ids = json.getJsonArray("conversations");
    List<UUID> conversations = new ArrayList<>(ids.size());
    for (int i = 0; i < ids.size(); i++) {
      conversations.add(id(ids.getString(i)));
    }
    return new LogClient.Memberships(conversations, json.getBoolean("truncated", false));
  }

  Map<UUID, Long> heads() {
    JsonArray list = new JsonObject(body).getJsonArray("heads");
    Map<UUID, Long> heads = HashMap.newHashMap(list.size());
    for (int i = 0; i < list.size(); i++) {
      JsonObject head = list.getJsonObject(i);
      heads.put(id(head.getString("conversation")), head.getLong("seq"));
    }
    return heads;
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
