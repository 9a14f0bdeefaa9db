package dev.parley.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
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
      assertEquals(":1", redis(stack, "DEL " + key(Route.conversation(UUID.fromString(direct)))));

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
      assertEquals(":1", redis(stack, "DEL " + key(Route.user(UUID.fromString(cem.user())))));

      String members = "/api/conversations/" + group + "/members";
      ada.post(members, Map.of("user", cem.user())).ok();
      long joined = reader.next("joined", "conversation", group).get("seq").asLong();
      long sent = writer.sent(group, "welcome");
      assertEquals(Seqs.range(joined + 1, sent), Seqs.of(reader.log(group, sent)));
    }
  }

  private static String key(Route route) {
    return new RoutingKeys("").route(route);
  }

  /// The answer to one inline command of the Redis protocol (RESP2).
  private static String redis(Stack stack, String command) throws IOException {
    int port = stack.status().get("redis").port();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write((command + "\r\n").getBytes(US_ASCII));
      return new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))
          .readLine();
    }
  }
}
