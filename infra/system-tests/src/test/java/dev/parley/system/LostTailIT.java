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
      assertEquals(":1", redis(stack, "DEL " + routeOf(direct)));

      long lost = writer.sent(direct, "the last one");
      assertEquals(lost, reader.log(direct, lost).getLast().get("seq").asLong());
    }
  }

  private static String routeOf(String conversation) {
    return new RoutingKeys("").route(Route.conversation(UUID.fromString(conversation)));
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
