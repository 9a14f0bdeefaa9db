package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.RoutingKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedStack.class)
class PresenceIT {
  @Test
  void comingAndGoingIsSeenAtTheOtherGateway(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    ada.opened("direct", bob);
    Instant began = Instant.now();
    try (Live watcher = Live.connected(stack.gateway(1), ada)) {
      await().until(() -> watched(watcher, bob).equals("offline"));
      Live here = Live.connected(stack.gateway(2), bob);
      presence(watcher, bob, "online");
      here.ask("presence", "status", "busy", "text", "in a call");
      assertEquals("in a call", presence(watcher, bob, "busy").get("text").asText());
      here.close();
      JsonNode gone = wentOffline(watcher, bob);
      Instant lastSeen = Instant.parse(gone.get("lastSeen").asText());
      assertTrue(lastSeen.isAfter(began), gone::toString);
    }
  }

  @Test
  void whoSharesNothingLearnsNothing(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person stranger = Person.registered(stack);
    try (Live here = Live.connected(stack.gateway(2), ada);
        Live watcher = Live.connected(stack.gateway(1), stranger)) {
      assertTrue(here.isOpen());
      assertEquals("unknown", watched(watcher, ada));
      JsonNode overRest = stranger.get("/api/presence?users=" + ada.user()).ok();
      assertEquals("unknown", overRest.get("users").get(0).get("status").asText());
    }
  }

  @Test
  void aKilledGatewayLeavesNoGhosts(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    ada.opened("direct", bob);
    try (Live watcher = Live.connected(stack.gateway(1), ada);
        Live doomed = Live.connected(stack.gateway(2), bob)) {
      watched(watcher, bob);
      await().until(() -> status(ada, bob).equals("online"));
      stack.kill("gateway-2");
      assertEquals(1006, doomed.closeCode());
      // The lease of 10 s, the grace of 5 s, and the beat that notices.
      wentOffline(watcher, bob);
      await().until(() -> status(ada, bob).equals("offline"));
    } finally {
      await().atMost(Duration.ofSeconds(90)).until(stack::ready);
    }
  }

  @Test
  void whoWasUnknownWhileNobodyKnewIsToldAfterwards(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    ada.opened("direct", bob);
    try (Live watcher = Live.connected(stack.gateway(1), ada);
        Live here = Live.connected(stack.gateway(2), bob)) {
      await().until(() -> status(ada, bob).equals("online"));
      assertTrue(here.isOpen());
      stack.kill("presence-service-1");
      // Asked once: nobody is put off.
      assertEquals("unknown", statusIn(watcher.reply(watch(watcher, bob))));
      presence(watcher, bob, "online");
    } finally {
      await().atMost(Duration.ofSeconds(90)).until(stack::ready);
    }
  }

  /// As when a gateway alone is cut off from Redis: the change goes to those that Redis names.
  @Test
  void whatWasToldWhileRedisDidNotNameTheGatewayIsToldAfterwards(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    Person bob = Person.registered(stack);
    ada.opened("direct", bob);
    try (Live watcher = Live.connected(stack.gateway(1), ada);
        Live here = Live.connected(stack.gateway(2), bob)) {
      await().until(() -> status(ada, bob).equals("online"));
      await().until(() -> watched(watcher, bob).equals("online"));
      Route route = Route.presence(UUID.fromString(bob.user()));
      await().until(() -> stack.redis("DEL", new RoutingKeys("").route(route)).equals("1"));
      here.ask("presence", "status", "busy");
      await().until(() -> status(ada, bob).equals("busy"));
      stack.redis("CLIENT", "KILL", "TYPE", "normal");
      presence(watcher, bob, "busy");
    }
  }

  private static String watched(Live watcher, Person about) throws Exception {
    return statusIn(watcher.ask("watch", "users", List.of(about.user())));
  }

  private static long watch(Live watcher, Person about) {
    return watcher.tell("watch", "users", List.of(about.user()));
  }

  private static String statusIn(JsonNode watching) {
    return watching.get("users").get(0).get("status").asText();
  }

  /// Who was never there is offline too, but was not seen.
  private static JsonNode wentOffline(Live watcher, Person about) throws Exception {
    return watcher.next(frame -> tells(frame, about, "offline") && frame.has("lastSeen"));
  }

  private static JsonNode presence(Live watcher, Person about, String status) throws Exception {
    return watcher.next(frame -> tells(frame, about, status));
  }

  private static boolean tells(JsonNode frame, Person about, String status) {
    return frame.get("type").asText().equals("presence")
        && frame.path("user").asText().equals(about.user())
        && frame.path("status").asText().equals(status);
  }

  private static String status(Person asker, Person about) throws Exception {
    return asker
        .get("/api/presence?users=" + about.user())
        .ok()
        .get("users")
        .get(0)
        .get("status")
        .asText();
  }
}
