package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.CONTINUATION;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.gateway.transport.websocket.RawClient.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebSockets.class)
class MessagesIT {
  @TestHTTPResource("/")
  URI server;

  @Test
  void textComesBackAsItWasSent() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      assertEquals(101, client.status);
      for (String text : new String[] {"{}", "👍 שלום e\u0301 汉字", "x".repeat(65_536)}) {
        client.text(text);
        assertEquals(text, client.next().text());
      }
    }
  }

  @Test
  void framesSentWithTheHandshakeAreDelivered() throws Exception {
    String early =
        new String(
            RawClient.encode(FIN | TEXT, "early".getBytes(UTF_8)),
            java.nio.charset.StandardCharsets.ISO_8859_1);
    try (RawClient client = RawClient.request(server, RawClient.handshake(server) + early)) {
      assertEquals("early", client.next().text());
    }
  }

  @Test
  void emptyFragmentsFirstAndLastAreFine() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(TEXT);
      client.frame(CONTINUATION, "mid".getBytes(UTF_8));
      client.frame(CONTINUATION, "dle".getBytes(UTF_8));
      client.frame(FIN | CONTINUATION);
      assertEquals("middle", client.next().text());
    }
  }
}
