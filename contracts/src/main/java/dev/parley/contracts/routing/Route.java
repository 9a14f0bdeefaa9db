package dev.parley.contracts.routing;

import dev.parley.contracts.Ids;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Something that gateways can be interested in. All kinds are kept, looked up and delivered alike.
public record Route(Kind kind, UUID id) {
  /// What the id names, with the letter that stands for it in keys and headers.
  public enum Kind {
    CONVERSATION('c'),
    USER('u'),
    PRESENCE('p');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  /// Events of a conversation.
  public static Route conversation(UUID conversation) {
    return new Route(Kind.CONVERSATION, conversation);
  }

  /// Notices to every session of a user, wherever it is.
  public static Route user(UUID user) {
    return new Route(Kind.USER, user);
  }

  /// Changes of a watched user's presence.
  public static Route presence(UUID user) {
    return new Route(Kind.PRESENCE, user);
  }

  /// The route that `text` spells (`letter:uuid`), else null.
  public static @Nullable Route parse(@Nullable String text) {
    if (text == null || text.length() < 3 || text.charAt(1) != ':') {
      return null;
    }
    UUID id = Ids.parse(text.substring(2));
    for (Kind kind : Kind.values()) {
      if (id != null && kind.letter == text.charAt(0)) {
        return new Route(kind, id);
      }
    }
    return null;
  }

  @Override
  public String toString() {
    return kind.letter + ":" + id;
  }
}
