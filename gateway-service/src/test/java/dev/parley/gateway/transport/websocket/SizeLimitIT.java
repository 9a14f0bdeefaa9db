package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.CONTINUATION;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.gateway.transport.websocket.RawClient.TEXT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(WebSockets.class)
class SizeLimitIT {
  private static final int LIMIT = 64 * 1024;

  @TestHTTPResource("/")
  URI server;

  private static byte[] filler(int size) {
    byte[] filler = new byte[size];
    Arrays.fill(filler, (byte) 'x');
    return filler;
  }

  @Test
  void messageOverTheLimitIsClosedWithAFrame() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(FIN | TEXT, filler(LIMIT + 1));
      assertEquals(1009, client.untilClose().closeCode());
      assertTrue(client.ended());
    }
  }

  @Test
  void closeFrameArrivesThoughTheClientStillSends() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(FIN | TEXT, filler(8 * 1024 * 1024));
      assertEquals(1009, client.untilClose().closeCode());
    }
  }

  @Test
  void announcedLengthIsRefusedBeforeItComes() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.send(
          ByteBuffer.allocate(10).put((byte) 0x81).put((byte) 0xFF).putLong(1L << 40).array());
      assertEquals(1009, client.untilClose().closeCode());
    }
  }

  @Test
  void limitCountsOverAllFragments() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(TEXT, filler(LIMIT / 2));
      client.frame(FIN | CONTINUATION, filler(LIMIT / 2));
      assertEquals(LIMIT, client.next().payload().remaining());
      client.frame(TEXT, filler(LIMIT / 2));
      client.frame(CONTINUATION, filler(LIMIT / 2));
      client.frame(CONTINUATION, filler(1));
      assertEquals(1009, client.untilClose().closeCode());
    }
  }
}
