package dev.parley.contracts.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.json.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/// Heads by conversation: `{"<conversation>":<seq>, ...}`.
final class HeadsJson {
  private static final JsonFactory JSON = new JsonFactory();

  private HeadsJson() {}

  static JsonText write(Map<UUID, Long> heads) {
    return JsonText.of(
        heads.entrySet().stream()
            .map(head -> "\"" + head.getKey() + "\":" + head.getValue())
            .collect(Collectors.joining(",", "{", "}")));
  }

  static Map<UUID, Long> read(byte[] value) throws MalformedRecord {
    Map<UUID, Long> heads = new LinkedHashMap<>();
    try (JsonParser in = JSON.createParser(value)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRecord("the value is not a JSON object");
      }
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        UUID conversation = Ids.parse(in.currentName());
        if (conversation == null || in.nextToken() != JsonToken.VALUE_NUMBER_INT) {
          throw new MalformedRecord("heads are numbers by conversation");
        }
        heads.put(conversation, in.getLongValue());
      }
    } catch (IOException e) {
      throw new MalformedRecord("the value is no heads in JSON");
    }
    return heads;
  }
}
