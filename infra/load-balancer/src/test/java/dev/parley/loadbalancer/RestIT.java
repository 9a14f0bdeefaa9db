package dev.parley.loadbalancer;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path directory;
  private final FakeServer first = new FakeServer("first");
  private final FakeServer second = new FakeServer("second");
  private RunningEntry entry;

  @BeforeEach
  void start() throws Exception {
    entry = new RunningEntry(directory, List.of(), List.of(first.address(), second.address()));
  }

  @AfterEach
  void stop() {
    entry.close();
    first.close();
    second.close();
  }

  @Test
  void requestsAreSharedByTheServersOfAService() throws Exception {
    Set<String> servers = new HashSet<>();
    for (int i = 0; i < 40; i++) {
      servers.add(entry.get("/api/presence").headers().firstValue("Served-By").orElseThrow());
    }
    assertEquals(Set.of("first", "second"), servers);
  }

  @Test
  void methodPathQueryBodyAndStatusArePassedOn() throws Exception {
    var request =
        HttpRequest.newBuilder(uri("/api/conversations/x?teapot=1"))
            .method("PATCH", HttpRequest.BodyPublishers.ofString("y".repeat(200_000)));
    HttpResponse<String> response = entry.send(request);
    assertEquals(418, response.statusCode());
    assertEquals("PATCH /api/conversations/x?teapot=1 200000", response.body());
  }

  @Test
  void largerBodiesThanAnyServiceTakesAreRefusedHere() throws Exception {
    var most = HttpRequest.BodyPublishers.ofString("y".repeat(Entry.MAX_BODY_BYTES));
    assertEquals(
        200,
        entry
            .send(HttpRequest.newBuilder(uri("/api/conversations/x")).method("POST", most))
            .statusCode());
    var more = HttpRequest.BodyPublishers.ofString("y".repeat(Entry.MAX_BODY_BYTES + 1));
    HttpResponse<String> refused =
        entry.send(HttpRequest.newBuilder(uri("/api/conversations/x")).method("POST", more));
    assertEquals(413, refused.statusCode());
    assertTrue(refused.body().contains("\"code\":\"too_large\""), refused::body);
  }

  @Test
  void servicesSeeWhoTheClientIsWhateverItClaims() throws Exception {
    String seen =
        entry
            .get(
                "/api/users/me",
                "X-Forwarded-For",
                "6.6.6.6",
                "X-Forwarded-Host",
                "evil.example",
                "Forwarded",
                "for=6.6.6.6",
                "Parley-Service",
                "guess")
            .headers()
            .firstValue("Seen")
            .orElseThrow();
    assertTrue(seen.contains("x-forwarded-for=127.0.0.1"), seen);
    assertTrue(seen.contains("x-forwarded-host=127.0.0.1:" + entry.port()), seen);
    assertTrue(seen.contains(" host=127.0.0.1:" + entry.port()), seen);
    assertFalse(seen.contains("6.6.6.6") || seen.contains("evil") || seen.contains("guess"), seen);
  }

  @Test
  void whatHasNoRouteIsNotFound() throws Exception {
    HttpResponse<String> response = entry.get("/internal/presence");
    assertEquals(404, response.statusCode());
    assertEquals(
        "application/problem+json", response.headers().firstValue("Content-Type").orElseThrow());
    assertTrue(response.body().contains("\"code\":\"not_found\""), response.body());
    assertFalse(response.headers().firstValue("Served-By").isPresent());
  }

  @Test
  void trickedPathsReachNoService() throws Exception {
    for (String target :
        List.of(
            "/api/presence/../../internal/presence",
            "/api/%2e%2e/internal/presence",
            "//internal/presence",
            "/api/presence/..%2f..%2finternal/presence",
            "/api/presence/..;/internal",
            "http://x/internal/presence",
            "http://x/api/../internal/presence",
            "/q/metrics",
            "/internal/presence?/api/presence")) {
      assertTrue(raw("GET " + target).startsWith("HTTP/1.1 404 "), target);
    }
    assertTrue(raw("GET http://x/api/presence?a=1").startsWith("HTTP/1.1 200 "));
  }

  @Test
  void noServerIsUnavailable() throws Exception {
    entry.route(List.of(), List.of());
    await().atMost(PATIENCE).until(() -> entry.get("/api/presence").statusCode() == 503);
    assertUnavailable(entry.get("/api/presence"));
  }

  @Test
  void deadServerIsSkippedAndUsedAgainOnceItIsBack() throws Exception {
    first.close();
    for (int i = 0; i < 10; i++) {
      assertEquals(
          "second", entry.get("/api/auth/jwks").headers().firstValue("Served-By").orElseThrow());
    }
    second.close();
    assertUnavailable(entry.get("/api/auth/jwks"));
    try (FakeServer third = new FakeServer("third")) {
      entry.route(List.of(), List.of(first.address(), third.address()));
      await().atMost(PATIENCE).until(() -> entry.get("/api/auth/jwks").statusCode() == 200);
    }
  }

  @Test
  void serverThatBreaksOffIsNotReplacedByAnother() throws Exception {
    HttpResponse<String> response = entry.get("/api/conversations?break=1");
    assertEquals(502, response.statusCode());
    assertTrue(response.body().contains("\"code\":\"internal\""), response.body());
  }

  @Test
  void answerThatBreaksOffHalfwayEndsTheConnection() {
    var request = HttpRequest.newBuilder(uri("/api/conversations?half=1")).timeout(PATIENCE);
    IOException failure = assertThrows(IOException.class, () -> entry.send(request));
    assertFalse(failure instanceof java.net.http.HttpTimeoutException, failure::toString);
  }

  @Test
  void nothingIsCountedAsOpenOnceAllIsAnswered() throws Exception {
    for (String query : List.of("", "?break=1", "?teapot=1")) {
      entry.get("/api/presence" + query);
    }
    await()
        .atMost(PATIENCE)
        .until(() -> entry.metric("parley_entry_open{").lines().allMatch(l -> l.endsWith(" 0")));
  }

  @Test
  void healthIsOnTheManagementPortAlone() throws Exception {
    for (String path : List.of("/q/health/live", "/q/health/ready")) {
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + entry.management() + path));
      assertEquals(200, entry.send(request).statusCode());
      assertEquals(404, entry.get(path).statusCode());
    }
  }

  @Test
  void halfWrittenRoutesChangeNothing() throws Exception {
    Files.writeString(entry.file(), "gateways=nonsense\nlisten=");
    await()
        .during(Duration.ofMillis(1200))
        .atMost(PATIENCE)
        .until(() -> entry.get("/api/presence").statusCode() == 200);
  }

  @Test
  void takenPortFailsWithTheReason() {
    var failure =
        assertThrows(
            CompletionException.class,
            () -> LoadBalancer.start(entry.file(), Limits.ofThisProcess()));
    assertTrue(failure.getCause().getMessage().contains("in use"), failure::toString);
  }

  @Test
  void managementIsNotServedWhereClientsConnect() throws Exception {
    Files.writeString(entry.file(), "listen=127.0.0.1:2000\nmanagement=127.0.0.1:2000\n");
    var failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> LoadBalancer.start(entry.file(), Limits.ofThisProcess()));
    assertEquals(
        "'listen' and 'management' are both 127.0.0.1:2000; they need two addresses",
        failure.getMessage());
  }

  private static void assertUnavailable(HttpResponse<String> response) {
    assertEquals(503, response.statusCode());
    assertEquals("1", response.headers().firstValue("Retry-After").orElseThrow());
    assertTrue(response.body().contains("\"code\":\"unavailable\""), response.body());
  }

  private String raw(String start) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), entry.port())) {
      socket
          .getOutputStream()
          .write(
              (start + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                  .getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private URI uri(String pathAndQuery) {
    return URI.create("http://127.0.0.1:" + entry.port() + pathAndQuery);
  }
}
