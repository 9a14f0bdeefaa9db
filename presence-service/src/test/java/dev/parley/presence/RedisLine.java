package dev.parley.presence;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A connection to Redis in its inline-free protocol, for the few commands of tests. Answers that
/// are arrays come as their elements, one a line; nil as empty text.
final class RedisLine implements AutoCloseable {
  private final Socket socket;
  private final BufferedReader in;

  RedisLine(String url) {
    URI uri = URI.create(url);
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), uri.getPort());
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  synchronized String call(String... words) {
    StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    try {
      socket.getOutputStream().write(request.toString().getBytes(StandardCharsets.US_ASCII));
      return answer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes every key that begins with `prefix`: what a wiped Redis looks like to one module.
  void wipe(String prefix) {
    for (String key : call("KEYS", prefix + "*").split("\n", -1)) {
      if (!key.isEmpty()) {
        call("DEL", key);
      }
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String answer() throws IOException {
    String head = in.readLine();
    return switch (head.charAt(0)) {
      case '+', ':' -> head.substring(1);
      case '$' -> head.equals("$-1") ? "" : in.readLine();
      case '*' -> {
        List<String> elements = new ArrayList<>();
        for (int i = Integer.parseInt(head.substring(1)); i > 0; i--) {
          elements.add(answer());
        }
        yield String.join("\n", elements);
      }
      default -> throw new IOException(head);
    };
  }
}
