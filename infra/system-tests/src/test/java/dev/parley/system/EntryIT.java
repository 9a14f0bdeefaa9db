package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SharedStack.class)
class EntryIT {
  /// What services ask each other, and what operators look at, spelt in every way that one of the
  /// servers behind might read as the same.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/internal/heads",
        "/internal/memberships/00000000-0000-7000-8000-000000000000",
        "//internal/heads",
        "/./internal/heads",
        "/api/../internal/heads",
        "/api/conversations/../../internal/heads",
        "/api/conversations/%2e%2e/%2e%2e/internal/heads",
        "/api/conversations/..%2f..%2finternal/heads",
        "/api/conversations;/../../internal/heads",
        "/%69nternal/heads",
        "/INTERNAL/heads",
        "/ws/../internal/heads",
        "/q",
        "/q/",
        "/q/health",
        "/q/health/live",
        "/q/health/ready",
        "/q/health/started",
        "/q/log-levels/root",
        "/metrics",
        "/health",
        "/internal/admins/00000000-0000-7000-8000-000000000000",
        "/q/metrics",
        "/api/auth/../../q/metrics"
      })
  void whatIsInternalIsNotThere(String path, Stack stack) throws Exception {
    String answer = raw(stack, "GET " + path + " HTTP/1.1");
    assertTrue(answer.startsWith("HTTP/1.1 404"), answer);
    assertTrue(answer.contains("\"code\":\"not_found\""), answer);
  }

  @Test
  void whatComesLaterIsNamed(Stack stack) throws Exception {
    Person ada = Person.registered(stack);
    String group = ada.opened("group");
    Person.Answer search = ada.get("/api/search?q=hello");
    assertEquals(404, search.status());
    assertTrue(search.body().get("detail").asText().contains("earch"), search::toString);
    try (Live session = Live.connected(stack.socket(), ada)) {
      for (String operation : new String[] {"edit", "delete", "react", "pin"}) {
        var refused =
            session.ask(
                operation,
                "conversation",
                group,
                "request",
                UUID.randomUUID().toString(),
                "message",
                UUID.randomUUID().toString());
        assertEquals("bad_request", refused.path("code").asText());
        assertTrue(refused.get("message").asText().contains(operation), refused::toString);
      }
    }
  }

  @Test
  void everyServiceDescribesItself(Stack stack) throws Exception {
    Person anybody = Person.anonymous(stack);
    for (String path :
        new String[] {"/api/auth/openapi", "/api/conversations/openapi", "/api/presence/openapi"}) {
      String answer = raw(stack, "GET " + path + " HTTP/1.1");
      assertTrue(answer.startsWith("HTTP/1.1 200"), path + ": " + answer);
    }
    assertEquals("unauthenticated", anybody.get("/api/conversations").verdict());
    assertEquals(
        "unauthenticated", anybody.post("/api/conversations", Map.of("kind", "group")).verdict());
  }

  private static String raw(Stack stack, String requestLine) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stack.entry().getPort())) {
      socket.setSoTimeout(60_000);
      socket
          .getOutputStream()
          .write(
              (requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
