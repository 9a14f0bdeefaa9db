package dev.parley.system;

import dev.parley.contracts.ConversationKind;
import java.util.HashMap;
import java.util.Map;

/// A conversation with somebody of every relation to it.
final class Cast {
  final String conversation;
  private final Map<String, Person> people;

  private Cast(String conversation, Map<String, Person> people) {
    this.conversation = conversation;
    this.people = people;
  }

  static Cast of(Stack stack, ConversationKind kind) throws Exception {
    Map<String, Person> people = new HashMap<>();
    for (String relation :
        new String[] {"owner", "moderator", "member", "reader", "former", "banned", "stranger"}) {
      people.put(relation, Person.registered(stack));
    }
    if (kind == ConversationKind.DIRECT) {
      return new Cast(people.get("member").opened("direct", people.get("owner")), people);
    }
    Person owner = people.get("owner");
    String conversation =
        owner.opened(
            kind.wire(),
            people.get("moderator"),
            people.get("member"),
            people.get("reader"),
            people.get("former"),
            people.get("banned"));
    String members = "/api/conversations/" + conversation + "/members/";
    for (String role : new String[] {"moderator", "reader", "banned"}) {
      owner.patch(members + people.get(role).user(), Map.of("role", role)).ok();
    }
    owner.delete(members + people.get("former").user()).ok();
    return new Cast(conversation, people);
  }

  /// Who stands so to the conversation.
  Person as(String relation) {
    return people.get(relation);
  }
}
