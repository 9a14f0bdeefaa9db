package dev.parley.contracts.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.MalformedRecord;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// [Revocation] as a record of the compacted topic `revocations`: the key names what is revoked
/// (`login:<id>` or `user:<id>`), so that the last word on it is the one that stays; the value is
/// `{"login":"<id>","at":"<time>"}` or `{"user":"<id>","at":"<time>"}`.
public final class RevocationCodec {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String LOGIN = "login";
  private static final String USER = "user";
  private static final String AT = "at";

  private RevocationCodec() {}

  /// The key of `revocation`'s record.
  public static byte[] key(Revocation revocation) {
    return switch (revocation) {
      case Revocation.Login r -> (LOGIN + ":" + r.login()).getBytes(UTF_8);
      case Revocation.User r -> (USER + ":" + r.user()).getBytes(UTF_8);
    };
  }

  /// The value of `revocation`'s record.
  public static byte[] value(Revocation revocation) {
    return switch (revocation) {
      case Revocation.Login r -> json(LOGIN, r.login(), r.at());
      case Revocation.User r -> json(USER, r.user(), r.at());
    };
  }

  /// The headers of `revocation`'s record.
  public static RecordHeaders headers(Revocation revocation) {
    return new RecordHeaders();
  }

  /// The revocation in a record. Unknown fields are ignored.
  ///
  /// @throws MalformedRecord naming what is wrong with it
  public static Revocation decode(RecordHeaders.Reader headers, byte @Nullable [] value)
      throws MalformedRecord {
    headers.checkVersion();
    if (value == null) {
      throw new MalformedRecord("the value is missing");
    }
    UUID login = null;
    UUID user = null;
    Instant at = null;
    try (JsonParser parser = JSON.createParser(value)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedRecord("the value is not a JSON object");
      }
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case LOGIN -> login = Ids.parse(parser.getValueAsString());
          case USER -> user = Ids.parse(parser.getValueAsString());
          case AT -> at = Instant.parse(parser.getText());
          default -> parser.skipChildren();
        }
      }
    } catch (IOException | DateTimeParseException e) {
      throw new MalformedRecord("the value is not a revocation in JSON");
    }
    if (at == null || (login == null) == (user == null)) {
      throw new MalformedRecord("a revocation has 'at' and one of 'login' and 'user'");
    }
    return login != null ? new Revocation.Login(login, at) : new Revocation.User(user, at);
  }

  private static byte[] json(String name, UUID id, Instant at) {
    return ("{\""
            + name
            + "\":\""
            + id
            + "\",\"at\":\""
            + Timestamps.text(at.toEpochMilli())
            + "\"}")
        .getBytes(UTF_8);
  }
}
