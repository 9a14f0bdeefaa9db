package dev.parley.contracts.presence;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.presence.SessionRecord.LiveSession;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The sessions of a snapshot: `[{"user","session","at","status","text"?}, ...]`. Unknown fields
/// are ignored.
final class SnapshotJson {
  private static final JsonFactory JSON = new JsonFactory();

  private SnapshotJson() {}

  static byte[] write(List<LiveSession> sessions) {
    var bytes = new ByteArrayOutputStream(64 + sessions.size() * 160);
    try (JsonGenerator out = JSON.createGenerator(bytes)) {
      out.writeStartArray();
      for (LiveSession session : sessions) {
        out.writeStartObject();
        out.writeStringField("user", session.user().toString());
        out.writeStringField("session", session.session().toString());
        out.writeNumberField("at", session.at());
        out.writeStringField("status", session.status().wire());
        if (session.text() != null) {
          out.writeStringField("text", session.text());
        }
        out.writeEndObject();
      }
      out.writeEndArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<LiveSession> read(byte @Nullable [] value) throws MalformedRecord {
    if (value == null) {
      throw new MalformedRecord("the value is missing; a snapshot carries its sessions there");
    }
    List<LiveSession> sessions = new ArrayList<>();
    try (JsonParser in = JSON.createParser(value)) {
      if (in.nextToken() != JsonToken.START_ARRAY) {
        throw new MalformedRecord("the value is not a JSON array");
      }
      while (in.nextToken() == JsonToken.START_OBJECT) {
        sessions.add(session(in));
      }
      if (in.currentToken() != JsonToken.END_ARRAY) {
        throw new MalformedRecord("a session of a snapshot is not a JSON object");
      }
    } catch (IOException e) {
      throw new MalformedRecord("the value is not a snapshot in JSON");
    }
    return sessions;
  }

  private static LiveSession session(JsonParser in) throws IOException, MalformedRecord {
    UUID user = null;
    UUID session = null;
    long at = 0;
    PresenceStatus status = null;
    String text = null;
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "user" -> user = Ids.parse(in.getValueAsString());
        case "session" -> session = Ids.parse(in.getValueAsString());
        case "at" -> at = in.getValueAsLong();
        case "status" -> status = PresenceStatus.of(in.getValueAsString());
        case "text" -> text = in.getValueAsString();
        default -> in.skipChildren();
      }
    }
    if (user == null || session == null || status == null) {
      throw new MalformedRecord("a session of a snapshot has user, session and status");
    }
    return new LiveSession(user, session, at, status, text);
  }
}
