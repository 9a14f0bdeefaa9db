package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class TokensIT {
  @Test
  void theEndIsAnnouncedAndARefreshMovesIt(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    try (Live refreshed = Live.letIn(stack.gateway(1), ada, Map.of());
        Live left = Live.letIn(stack.gateway(2), ada, Map.of())) {
      JsonNode connected = refreshed.next(frame -> frame.has("expires"));
      JsonNode expiring = refreshed.next(frame -> frame.get("type").asText().equals("expiring"));
      assertEquals(connected.get("expires"), expiring.get("expires"));
      assertEquals("forbidden", refreshed.verdict("refresh", "token", bob.accessToken()));
      ada.refresh();
      JsonNode answer = refreshed.ask("refresh", "token", ada.accessToken());
      assertEquals("refreshed", answer.get("type").asText(), answer::toString);
      Instant end = Instant.parse(expiring.get("expires").asText());
      assertTrue(Instant.parse(answer.get("expires").asText()).isAfter(end));
      await().atMost(Duration.ofMinutes(2)).until(() -> !left.isOpen());
      assertEquals(4401, left.closeCode());
      assertTrue(Instant.now().isAfter(end.minusSeconds(1)), "closed before the token's end");
      assertEquals("pong", refreshed.ask("ping").get("type").asText());
    }
  }

  @Test
  void logoutEndsTheLoginsSessionsEverywhereAndNoOthers(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    try (Live atOne = Live.connected(stack.gateway(1), ada);
        Live atTwo = Live.connected(stack.gateway(2), ada)) {
      String token = ada.accessToken();
      ada.post("/api/auth/logout", Map.of()).ok();
      assertEquals(4403, atOne.closeCode());
      assertEquals(4403, atTwo.closeCode());
      ada.logIn();
      try (Live again = Live.connected(stack.gateway(1), ada);
          Live refused = stack.gateway(2).open()) {
        assertEquals("pong", again.ask("ping").get("type").asText());
        assertEquals("unauthenticated", refused.verdict("connect", "token", token));
        assertEquals(4403, refused.closeCode());
      }
    }
  }

  @Test
  void aReusedRefreshTokenEndsTheLogin(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    String first = ada.refreshToken();
    ada.refresh();
    ada.refresh();
    try (Live session = Live.connected(stack.gateway(2), ada)) {
      Person.Answer stolen =
          Person.anonymous(stack).post("/api/auth/refresh", Map.of("refreshToken", first));
      assertEquals(401, stolen.status());
      assertEquals(4403, session.closeCode());
      Person.Answer mine =
          Person.anonymous(stack)
              .post("/api/auth/refresh", Map.of("refreshToken", ada.refreshToken()));
      assertEquals(401, mine.status());
    }
  }
}
