package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.CLOSE;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.gateway.transport.websocket.RawClient.PING;
import static dev.parley.gateway.transport.websocket.RawClient.PONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Pings every second, closes after three without a frame.
@QuarkusTest
@TestProfile(WebSockets.class)
class HeartbeatIT {
  @TestHTTPResource("/")
  URI server;

  @Test
  void pingsAreAnsweredWithTheirPayload() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      for (int size : new int[] {0, 1, 125}) {
        byte[] payload = new byte[size];
        Arrays.fill(payload, (byte) 0xFE);
        client.frame(FIN | PING, payload);
        RawClient.Received pong = client.next();
        assertEquals(FIN | PONG, pong.head());
        assertArrayEquals(payload, pong.payload().array());
      }
    }
  }

  @Test
  void pingsMayComeBetweenFragments() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(RawClient.TEXT, (byte) 'a');
      client.frame(FIN | PING, (byte) 'p');
      client.frame(FIN | RawClient.CONTINUATION, (byte) 'b');
      assertEquals("p", client.next().text());
      assertEquals("ab", client.next().text());
    }
  }

  @Test
  void silentClientIsPingedAndThenClosed() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      int pings = 0;
      RawClient.Received frame = client.next();
      while (frame.opcode() == PING) {
        pings++;
        frame = client.next();
      }
      assertTrue(pings >= 1 && pings <= 3, "pings " + pings);
      assertEquals(CLOSE, frame.opcode());
      assertEquals(1001, frame.closeCode());
      assertTrue(client.ended());
    }
  }

  @Test
  void pongsAloneKeepAConnection() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      for (int i = 0; i < 5; i++) {
        assertEquals(PING, client.next().opcode());
        client.frame(FIN | PONG);
      }
      client.text("still here");
      assertEquals("still here", client.next().text());
    }
  }
}
