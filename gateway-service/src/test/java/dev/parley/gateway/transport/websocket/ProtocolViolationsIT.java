package dev.parley.gateway.transport.websocket;

import static dev.parley.gateway.transport.websocket.RawClient.BINARY;
import static dev.parley.gateway.transport.websocket.RawClient.CLOSE;
import static dev.parley.gateway.transport.websocket.RawClient.CONTINUATION;
import static dev.parley.gateway.transport.websocket.RawClient.FIN;
import static dev.parley.gateway.transport.websocket.RawClient.PING;
import static dev.parley.gateway.transport.websocket.RawClient.PONG;
import static dev.parley.gateway.transport.websocket.RawClient.TEXT;
import static dev.parley.gateway.transport.websocket.RawClient.encode;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What RFC 6455 forbids ends in a close frame that names it, and in nothing else.
@QuarkusTest
@TestProfile(WebSockets.class)
class ProtocolViolationsIT {
  @TestHTTPResource("/")
  URI server;

  private void closesWith(int code, byte[]... frames) throws Exception {
    try (RawClient client = RawClient.open(server)) {
      for (byte[] frame : frames) {
        client.send(frame);
      }
      assertEquals(code, client.untilClose().closeCode());
      assertTrue(client.ended());
    }
  }

  @Test
  void reservedBitsAreRefused() throws Exception {
    for (int bit : List.of(0x10, 0x20, 0x40, 0x70)) {
      closesWith(1002, encode(FIN | bit | TEXT, (byte) '{'));
      closesWith(1002, encode(FIN | bit | PING));
    }
  }

  @Test
  void reservedOpcodesAreRefused() throws Exception {
    for (int opcode : List.of(3, 4, 5, 6, 7, 11, 12, 13, 14, 15)) {
      closesWith(1002, encode(FIN | opcode));
    }
  }

  @Test
  void controlFramesAreWholeAndSmall() throws Exception {
    for (int opcode : List.of(PING, PONG, CLOSE)) {
      closesWith(1002, encode(opcode));
      closesWith(1002, encode(FIN | opcode, new byte[126]));
    }
  }

  @Test
  void fragmentsComeInOrder() throws Exception {
    closesWith(1002, encode(FIN | CONTINUATION, (byte) '{'));
    closesWith(1002, encode(CONTINUATION, (byte) '{'));
    closesWith(1002, encode(TEXT, (byte) '{'), encode(FIN | TEXT, (byte) '}'));
    closesWith(1002, encode(TEXT, (byte) '{'), encode(FIN | BINARY, (byte) '}'));
  }

  @Test
  void unmaskedFramesAreRefused() throws Exception {
    closesWith(1002, new byte[] {(byte) (FIN | TEXT), 1, '{'});
  }

  @Test
  void lengthsAreEncodedShortest() throws Exception {
    closesWith(1002, new byte[] {(byte) (FIN | TEXT), (byte) (0x80 | 126), 0, 5, 0, 0, 0, 0});
  }

  @Test
  void binaryIsRefused() throws Exception {
    for (byte[] binary : List.of(encode(FIN | BINARY, (byte) 1), encode(BINARY))) {
      try (RawClient client = RawClient.open(server)) {
        client.send(binary);
        assertEquals(1003, client.untilClose().closeCode());
        client.close(1003); // What it says can still be decoded, so it is waited for.
        assertTrue(client.ended());
      }
    }
  }

  @Test
  void invalidCloseCodesAreRefused() throws Exception {
    for (int code : List.of(0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65_535)) {
      closesWith(1002, encode(FIN | CLOSE, (byte) (code >> 8), (byte) code));
    }
    closesWith(1002, encode(FIN | CLOSE, (byte) 3));
  }

  @Test
  void closeReasonIsUtf8() throws Exception {
    closesWith(1007, encode(FIN | CLOSE, (byte) 3, (byte) 0xE8, (byte) 0xC0, (byte) 0x80));
    closesWith(1007, encode(FIN | CLOSE, (byte) 3, (byte) 0xE8, (byte) 'm', (byte) 0xC3));
  }

  @Test
  void textIsUtf8() throws Exception {
    for (String hex : invalidUtf8()) {
      closesWith(1007, encode(FIN | TEXT, bytes(hex)));
      List<byte[]> parts = new ArrayList<>();
      parts.add(encode(TEXT));
      for (byte part : bytes(hex)) {
        parts.add(encode(CONTINUATION, part));
      }
      parts.add(encode(FIN | CONTINUATION));
      closesWith(1007, parts.toArray(byte[][]::new));
    }
  }

  /// Cut short, overlong, surrogates, above U+10FFFF, stray continuation, bytes that never occur.
  private static List<String> invalidUtf8() {
    return List.of(
        "CEBAE1BDB9CF",
        "C0AF",
        "E09F BF",
        "EDA080",
        "EDBFBF",
        "F4908080",
        "F08FBFBF",
        "80",
        "FE",
        "F8888080 80");
  }

  private static byte[] bytes(String hex) {
    return java.util.HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  @Test
  void charactersMayBeCutBetweenFragments() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      byte[] text = "κόσμε 👍 \uFFFD \u0000".getBytes(java.nio.charset.StandardCharsets.UTF_8);
      client.frame(TEXT, text[0]);
      for (int i = 1; i < text.length; i++) {
        client.frame(CONTINUATION, text[i]);
      }
      client.frame(FIN | CONTINUATION);
      assertEquals("κόσμε 👍 \uFFFD \u0000", client.next().text());
    }
  }

  @Test
  void aBrokenConnectionIsNotHeardAnyMore() throws Exception {
    try (RawClient client = RawClient.open(server)) {
      client.frame(FIN | 3);
      client.text("too late");
      assertEquals(1002, client.next().closeCode());
      assertTrue(client.ended());
    }
  }
}
