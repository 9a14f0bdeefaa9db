package dev.parley.messages.rest;

import dev.parley.contracts.ConversationKind;
import java.util.Map;

/// A conversation with somebody of every relation in it, and people whom operations are about.
final class Cast {
  final String conversation;
  final Person newcomer = Person.somebody();
  final Person memberAbout = Person.somebody();
  final Person moderatorAbout = Person.somebody();
  final Person ownerAbout = Person.somebody();
  final Person bannedAbout = Person.somebody();
  private final Person owner = Person.somebody();
  private final Person moderator = Person.somebody();
  private final Person member = Person.somebody();
  private final Person reader = Person.somebody();
  private final Person former = Person.somebody();
  private final Person banned = Person.somebody();
  private final Person stranger = Person.somebody();

  Cast(ConversationKind kind) {
    if (kind == ConversationKind.DIRECT) {
      conversation = member.opened("direct", memberAbout);
      return;
    }
    conversation =
        owner.opened(
            kind.wire(),
            moderator,
            member,
            reader,
            former,
            banned,
            memberAbout,
            moderatorAbout,
            ownerAbout,
            bannedAbout);
    give(moderator, "moderator");
    give(moderatorAbout, "moderator");
    give(ownerAbout, "owner");
    give(reader, "reader");
    give(banned, "banned");
    give(bannedAbout, "banned");
    former.post(conversation + "/leave", "{}").then().statusCode(200);
  }

  /// Who stands so to the conversation.
  Person as(String relation) {
    return switch (relation) {
      case "owner" -> owner;
      case "moderator" -> moderator;
      case "member" -> member;
      case "reader" -> reader;
      case "former" -> former;
      case "banned" -> banned;
      case "stranger" -> stranger;
      case "anonymous" -> Person.anonymous();
      default -> throw new IllegalArgumentException(relation);
    };
  }

  private void give(Person person, String role) {
    owner
        .patch(conversation + "/members/" + person.id(), Map.of("role", role))
        .then()
        .statusCode(200);
  }
}
