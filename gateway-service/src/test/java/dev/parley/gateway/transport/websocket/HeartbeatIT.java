package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.CLOSE;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.gateway.transport.websocket.RawClient.PING;
import static dev.parley.gateway.transport.websocket.RawClient.PONG;
import static dev.parley.gateway.transport.websocket.RawClient.TEXT;
import static dev.parley.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Pings every second, closes after fifteen without a frame.
@QuarkusTest
@TestProfile(Brisk.class)
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
      client.frame(TEXT, (byte) 'a');
      client.frame(FIN | PING, (byte) 'p');
      client.frame(FIN | RawClient.CONTINUATION, (byte) 'b');
      assertEquals("p", client.next().text());
      assertEquals("ab", client.next().text());
    }
  }

  /// One client says nothing, the other one nothing but pongs.
  @Test
  void silentClientIsPingedAndThenClosedButNotOneWhoPongs() throws Exception {
    try (RawClient ponging = RawClient.open(server);
        RawClient silent = RawClient.open(server)) {
      AtomicInteger ponged = new AtomicInteger();
      CompletableFuture<RawClient.Received> afterPings =
          CompletableFuture.supplyAsync(() -> pongUntilAnythingElseComes(ponging, ponged));
      int pings = 0;
      RawClient.Received frame = silent.any();
      while (frame.opcode() == PING) {
        pings++;
        frame = silent.any();
      }
      assertTrue(pings >= 13 && pings <= 15, "pings " + pings);
      assertEquals(CLOSE, frame.opcode());
      assertEquals(1001, frame.closeCode());
      // Its loop may beat a little later.
      int before = ponged.get();
      await().until(() -> ponged.get() >= before + 2 || afterPings.isDone());
      ponging.text("still here");
      RawClient.Received echo = afterPings.get(60, SECONDS);
      assertEquals(TEXT, echo.opcode());
      assertEquals("still here", echo.text());
      silent.close(1001);
      assertTrue(silent.ended());
    }
  }

  private static RawClient.Received pongUntilAnythingElseComes(
      RawClient client, AtomicInteger ponged) {
    try {
      RawClient.Received frame = client.any();
      for (; frame.opcode() == PING; frame = client.any()) {
        client.frame(FIN | PONG);
        ponged.incrementAndGet();
      }
      return frame;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
