package dev.parley.contracts.delivery;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Heads and joins by conversation: `{"heads":{"<conversation>":<seq>,
/// ...},"joined":[["<conversation>","<member>",<seq>], ...]}`. What else is in it is passed over.
final class HeadsJson {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String HEADS = "heads";
  private static final String JOINED = "joined";

  private HeadsJson() {}

  static JsonText write(Delivery.Heads told) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeObjectFieldStart(HEADS);
      for (Map.Entry<UUID, Long> head : told.heads().entrySet()) {
        json.writeNumberField(head.getKey().toString(), head.getValue());
      }
      json.writeEndObject();
      json.writeArrayFieldStart(JOINED);
      for (Delivery.Joined joined : told.joined()) {
        json.writeStartArray();
        json.writeString(joined.conversation().toString());
        json.writeString(joined.member().toString());
        json.writeNumber(joined.seq());
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written to", e);
    }
    return JsonText.of(out.toByteArray());
  }

  static Delivery.Heads read(byte[] value) throws MalformedRecord {
    Map<UUID, Long> heads = new LinkedHashMap<>();
    List<Delivery.Joined> joined = new ArrayList<>();
    try (JsonParser in = JSON.createParser(value)) {
      check(in.nextToken() == JsonToken.START_OBJECT, "the value is not a JSON object");
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        String name = in.currentName();
        in.nextToken();
        switch (name) {
          case HEADS -> heads(in, heads);
          case JOINED -> joined(in, joined);
          default -> in.skipChildren();
        }
      }
    } catch (IOException e) {
      throw new MalformedRecord("the value is no heads in JSON");
    }
    return new Delivery.Heads(heads, joined);
  }

  private static void heads(JsonParser in, Map<UUID, Long> heads)
      throws IOException, MalformedRecord {
    check(in.currentToken() == JsonToken.START_OBJECT, "'heads' is not an object");
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      UUID conversation = id(in.currentName());
      in.nextToken();
      heads.put(conversation, number(in));
    }
  }

  private static void joined(JsonParser in, List<Delivery.Joined> joined)
      throws IOException, MalformedRecord {
    check(in.currentToken() == JsonToken.START_ARRAY, "'joined' is not an array");
    while (in.nextToken() == JsonToken.START_ARRAY) {
      UUID conversation = id(in.nextTextValue());
      UUID member = id(in.nextTextValue());
      in.nextToken();
      joined.add(new Delivery.Joined(conversation, member, number(in)));
      check(in.nextToken() == JsonToken.END_ARRAY, "a join has three parts");
    }
  }

  private static UUID id(@Nullable String text) throws MalformedRecord {
    UUID id = Ids.parse(text);
    if (id == null) {
      throw new MalformedRecord("heads and joins name conversations and users");
    }
    return id;
  }

  private static long number(JsonParser in) throws IOException, MalformedRecord {
    check(in.currentToken() == JsonToken.VALUE_NUMBER_INT, "a number is missing");
    return in.getLongValue();
  }

  private static void check(boolean well, String otherwise) throws MalformedRecord {
    if (!well) {
      throw new MalformedRecord(otherwise);
    }
  }
}
