package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class TrailIT {
  @Test
  void aMessageIsFollowedAcrossTwoGateways(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person ben = Person.registered(stack);
    String group = ada.opened("group", ben);
    UUID message = UUID.randomUUID();
    String path = "/api/admin/conversations/" + group + "/messages/" + message + "/trail";
    assertEquals("forbidden", ada.get(path).verdict());
    assertEquals("unauthenticated", Person.anonymous(stack).get(path).verdict());
    stack.makeAdmin(ada);
    ada.logIn();
    try (Live here = Live.connected(stack.gateway(1), ada);
        Live one = Live.connected(stack.gateway(2), ben);
        Live other = Live.connected(stack.gateway(2), ben)) {
      long seq = here.sent(group, message, "hello").get("seq").asLong();
      one.next("event", "message", message.toString());
      other.next("event", "message", message.toString());
      await()
          .untilAsserted(() -> {
            JsonNode trail = ada.get(path).ok();
            assertEquals(seq, trail.at("/committed/seq").asLong(), trail::toString);
            assertEquals("socket", trail.at("/received/via").asText(), trail::toString);
            assertEquals(0, trail.get("unknown").size(), trail::toString);
            JsonNode gateways = trail.get("gateways");
            assertEquals(2, gateways.size(), trail::toString);
            long sum = 0;
            for (JsonNode gateway : gateways) {
              String address =
                  gateway.get("slot").asText() + "." + gateway.get("incarnation").asText();
              boolean sender = address.equals(trail.at("/received/gateway").asText());
              assertEquals(sender ? 1 : 2, gateway.get("sessions").asLong(), trail::toString);
              sum += gateway.get("sessions").asLong();
            }
            assertEquals(3, sum, trail::toString);
          });
    }
  }
}
