package dev.parley.gateway.feed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Role;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import java.io.IOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One event of a log on its way to local sessions, framed once for all of them. Immutable.
///
/// @param member whom the event is about, if it is about one
/// @param owed the reply in its place, if this gateway owes one
/// @param span told when it is written; null if the message is not sampled
/// @param times null of an event that was read from the log: it is late for a reason of its own
record FeedEvent(
    UUID conversation,
    long seq,
    Frame frame,
    Change change,
    @Nullable UUID member,
    @Nullable OwedReply owed,
    @Nullable WriteSpan span,
    @Nullable Times times) {
  private static final JsonFactory JSON = new JsonFactory();

  /// When the command was received and the event committed, epoch milliseconds; 0 is not known.
  record Times(long received, long committed) {}

  /// What the event does to the membership of its member.
  enum Change {
    NONE,
    JOINED,
    /// The member has left or may not read any more.
    GONE
  }

  /// The event in a record. Only a `role` event is looked into: it tells of a ban.
  static FeedEvent of(Delivery.Event event, @Nullable OwedReply owed, @Nullable WriteSpan span) {
    Change change =
        switch (event.kind()) {
          case "joined" -> Change.JOINED;
          case "left" -> Change.GONE;
          case "role" -> Line.parse(event.json()).change();
          default -> Change.NONE;
        };
    return new FeedEvent(
        event.conversation(),
        event.seq(),
        Frame.of(event.json()),
        change,
        event.member(),
        owed,
        span,
        new Times(event.received(), event.at()));
  }

  /// The event in a line of a page read from the log.
  static FeedEvent ofLine(UUID conversation, long seq, JsonText json) {
    Line line = Line.parse(json);
    return new FeedEvent(
        conversation, seq, Frame.of(json), line.change(), line.member(), null, null, null);
  }

  /// The event in a line of a page that one session asked for.
  static FeedEvent ofRead(UUID conversation, long seq, JsonText json) {
    return new FeedEvent(conversation, seq, Frame.of(json), Change.NONE, null, null, null, null);
  }

  /// Whether `user` may read nothing from this event on.
  boolean ends(UUID user) {
    return change == Change.GONE && user.equals(member);
  }

  private record Line(@Nullable String event, @Nullable UUID member, @Nullable String role) {
    Change change() {
      return switch (event) {
        case "joined" -> Change.JOINED;
        case "left" -> Change.GONE;
        case "role" -> Role.BANNED.wire().equals(role) ? Change.GONE : Change.NONE;
        case null, default -> Change.NONE;
      };
    }

    static Line parse(JsonText json) {
      String event = null;
      String role = null;
      UUID member = null;
      try (JsonParser parser = JSON.createParser(json.utf8())) {
        parser.nextToken();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case "event" -> event = parser.getValueAsString();
            case "role" -> role = parser.getValueAsString();
            case "member" -> member = Ids.parse(parser.getValueAsString());
            default -> parser.skipChildren();
          }
        }
      } catch (IOException e) {
        // Its number counts all the same: an event that cannot be read must not stop its feed.
        return new Line(null, null, null);
      }
      return new Line(event, member, role);
    }
  }
}
