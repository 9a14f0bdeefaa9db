package dev.parley.gateway.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(WebSockets.class)
class HandshakeIT {
  @TestHTTPResource("/")
  URI server;

  @Inject TestAcceptor acceptor;

  @BeforeEach
  void forgetOthers() {
    acceptor.clear();
  }

  private int status(String... headers) throws IOException {
    try (RawClient client = RawClient.open(server, headers)) {
      return client.status;
    }
  }

  @Test
  void clientWithoutSubprotocolIsAccepted() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      assertEquals(101, client.status);
      assertNull(client.headers.get("sec-websocket-protocol"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parley.v1.json", "other, parley.v1.json", "parley.v1.json,parley.v9"})
  void ourSubprotocolIsChosen(String offer) throws Exception {
    try (RawClient client = RawClient.open(server, "Sec-WebSocket-Protocol: " + offer)) {
      assertEquals(101, client.status);
      assertEquals("parley.v1.json", client.headers.get("sec-websocket-protocol"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parley.v2.json", "mqtt, graphql-ws", "PARLEY.V1.JSON", ""})
  void onlyUnknownSubprotocolsAreRefused(String offer) throws Exception {
    try (RawClient client = RawClient.open(server, "Sec-WebSocket-Protocol: " + offer)) {
      assertProblem(client, 400, "bad_request", "parley.v1.json");
    }
  }

  @Test
  void pagesOfTheSameOriginMayConnect() throws Exception {
    assertEquals(101, status("Origin: http://" + server.getAuthority()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://localhost:1", "nonsense"})
  void foreignPagesAreRefused(String origin) throws Exception {
    try (RawClient client = RawClient.open(server, "Origin: " + origin)) {
      assertProblem(client, 403, "forbidden", "origin");
    }
  }

  @Test
  void bearerTokenReachesTheSession() throws Exception {
    assertEquals(101, status("Authorization: Bearer abc.def.ghi"));
    TestAcceptor.Session session = acceptor.session(any -> any.token != null);
    assertEquals("abc.def.ghi", session.token);
    assertEquals("127.0.0.1", session.address);
  }

  @Test
  void tokenInTheUrlIsNoToken() throws Exception {
    String request = RawClient.handshake(server).replace("/ws", "/ws?token=abc&access_token=abc");
    try (RawClient client = RawClient.request(server, request)) {
      assertEquals(101, client.status);
      assertNull(acceptor.session().token);
    }
  }

  @Test
  void compressionIsNeverNegotiated() throws Exception {
    String offer =
        "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits, x-webkit-deflate-frame";
    try (RawClient client = RawClient.open(server, offer)) {
      assertEquals(101, client.status);
      assertNull(client.headers.get("sec-websocket-extensions"));
      client.frame(RawClient.FIN | 0x40 | RawClient.TEXT, new byte[] {1});
      assertEquals(1002, client.untilClose().closeCode());
    }
  }

  @Test
  void otherWebSocketVersionsAreToldOurs() throws Exception {
    String request = RawClient.handshake(server).replace("Version: 13", "Version: 8");
    try (RawClient client = RawClient.request(server, request)) {
      assertProblem(client, 426, "bad_request", "Sec-WebSocket-Version");
      assertEquals("13", client.headers.get("sec-websocket-version"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Connection: Upgrade\r\n", "Upgrade: websocket\r\n"})
  void halfAHandshakeIsRefused(String missing) throws Exception {
    String request = RawClient.handshake(server).replace(missing, "");
    try (RawClient client = RawClient.request(server, request)) {
      assertProblem(client, 400, "bad_request", "RFC 6455");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 8", "Transfer-Encoding: chunked"})
  void bodyIsRefusedBeforeItComes(String announcement) throws Exception {
    try (RawClient client = RawClient.open(server, announcement)) {
      assertProblem(client, 400, "bad_request", "without a body");
    }
  }

  @Test
  void keyThatIsNoNonceIsRefused() throws Exception {
    String request = RawClient.handshake(server).replace("dGhlIHNhbXBsZSBub25jZQ==", "short");
    try (RawClient client = RawClient.request(server, request)) {
      assertProblem(client, 400, "bad_request", "RFC 6455");
    }
  }

  @Test
  void plainRequestIsToldToUpgrade() throws Exception {
    try (RawClient client =
        RawClient.request(
            server, "GET /ws HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")) {
      assertProblem(client, 426, "bad_request", "\"title\":\"Upgrade Required\"");
    }
  }

  /// A client cannot guess what was wrong from a number.
  private static void assertProblem(RawClient client, int status, String code, String named)
      throws IOException {
    assertEquals(status, client.status);
    assertEquals("application/problem+json", client.headers.get("content-type"));
    String body = client.body();
    assertTrue(body.contains("\"code\":\"" + code + '"'), body);
    assertTrue(body.contains(named), body);
  }

  @Test
  void unknownPathIsAProblemDocumentWithoutDetails() throws Exception {
    try (RawClient client =
        RawClient.request(
            server, "GET /nowhere HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\n\r\n")) {
      assertEquals(404, client.status);
      String body = client.body();
      assertTrue(body.contains("\"code\":\"not_found\""), body);
      assertFalse(body.contains("Exception"), body);
    }
  }
}
