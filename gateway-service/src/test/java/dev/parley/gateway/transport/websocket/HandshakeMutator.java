package dev.parley.gateway.transport.websocket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Makes handshakes of which little, something or everything is wrong. What a proxy says of its
/// client (`X-Forwarded-For` and the like) is not among it: it is believed from trusted addresses
/// alone, which the test's is, and those replace what a client says there.
final class HandshakeMutator {
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          ",",
          "x",
          "websocket",
          "upgrade, keep-alive",
          "8",
          "13, 8",
          "null",
          "\u00e9\u0000",
          "http://evil.example",
          "http://[",
          "parley.v1.json",
          "parley.v2.json, ,",
          "Bearer",
          "Bearer \u00ff",
          "dGhlIHNhbXBsZSBub25jZQ==",
          "!!!!!!!!!!!!!!!!!!!!!!!!",
          "y".repeat(9_000),
          "127.0.0.1:99999999",
          "a b:c",
          "chunked",
          "-1",
          "99999999999999999999");

  private static final List<String> TARGETS =
      List.of(
          "/ws?token=x",
          "/ws/",
          "/WS",
          "//ws",
          "/ws%2f..",
          "/ws?%",
          "/ws#x",
          "*",
          "ws",
          "",
          "http://evil.example/ws",
          "/" + "z".repeat(5_000),
          "/q/../ws",
          "/%00",
          "/ws;a=b");

  private final Fuzz fuzz;
  private final String authority;

  HandshakeMutator(Fuzz fuzz, String authority) {
    this.fuzz = fuzz;
    this.authority = authority;
  }

  String request() {
    List<String> headers =
        new ArrayList<>(
            List.of(
                "Host: " + authority,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
    for (int i = fuzz.below(4); i > 0; i--) {
      change(headers);
    }
    String target = fuzz.once(4) ? fuzz.of(TARGETS) : "/ws";
    String method =
        fuzz.once(8) ? fuzz.of(List.of("POST", "get", "CONNECT", "PRI", "", "G\u00c4T")) : "GET";
    String version =
        fuzz.once(12) ? fuzz.of(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "X")) : "HTTP/1.1";
    String request =
        method + " " + target + " " + version + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    if (fuzz.once(12)) {
      int at = fuzz.below(request.length());
      request = request.substring(0, at) + (char) fuzz.below(256) + request.substring(at + 1);
    }
    return request;
  }

  private void change(List<String> headers) {
    if (headers.isEmpty()) {
      return;
    }
    int at = fuzz.below(headers.size());
    String name = headers.get(at).split(":", 2)[0];
    switch (fuzz.below(7)) {
      case 0 -> headers.remove(at);
      case 1 -> headers.add(headers.get(at));
      case 2 -> headers.add(name + ": " + fuzz.of(VALUES));
      case 3 -> Collections.rotate(headers, 1);
      case 4 ->
          headers.add(
              fuzz.of(
                      List.of(
                          "Origin",
                          "Sec-WebSocket-Protocol",
                          "Authorization",
                          "Transfer-Encoding",
                          "Content-Length",
                          "Expect",
                          "Sec-WebSocket-Extensions",
                          "Cookie"))
                  + ": "
                  + fuzz.of(VALUES));
      case 5 -> headers.set(at, name + fuzz.of(List.of("", ":", " : x", "\t: 1", "\u0000: 1")));
      default -> headers.set(at, name + ": " + fuzz.of(VALUES));
    }
  }
}
