package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class LostTailIT {
  /// The route of a quiet conversation gets lost, and with it the conversation's last event: no
  /// later one shows the hole. Heads that are told do.
  @Test
  void lastEventWhoseRouteIsLostComesAllTheSame(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    String direct = ada.opened("direct", bob);
    try (Live writer = Live.connected(stack.gateway(1), ada);
        Live reader = Live.connected(stack.gateway(2), bob)) {
      long before = writer.sent(direct, "while all is well");
      reader.log(direct, before);
      loseRoute(stack, Route.conversation(UUID.fromString(direct)));

      long lost = writer.sent(direct, "the last one");
      assertEquals(lost, reader.log(direct, lost).getLast().get("seq").asLong());
    }
  }

  /// The route of a user gets lost, and with it the news that they were taken into a group, of
  /// which nothing else tells them.
  @Test
  void whoIsTakenIntoAGroupIsToldThoughTheirRouteIsLost(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    Person cem = Person.registered(stack);
    String group = ada.opened("group", bob);
    try (Live writer = Live.connected(stack.gateway(1), ada);
        Live reader = Live.connected(stack.gateway(2), cem)) {
      loseRoute(stack, Route.user(UUID.fromString(cem.user())));

      String members = "/api/conversations/" + group + "/members";
      ada.post(members, Map.of("user", cem.user())).ok();
      long joined = reader.next("joined", "conversation", group).get("seq").asLong();
      long sent = writer.sent(group, "welcome");
      assertEquals(Seqs.range(joined + 1, sent), Seqs.of(reader.log(group, sent)));
    }
  }

  /// Once it is there to be lost.
  private static void loseRoute(Stack stack, Route route) {
    await().until(() -> stack.redis("DEL", new RoutingKeys("").route(route)).equals("1"));
  }
}
