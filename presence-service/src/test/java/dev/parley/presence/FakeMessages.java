package dev.parley.presence;

import com.sun.net.httpserver.HttpServer;
import dev.parley.servers.Ports;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Stands in for the message-service: people are related if the first halves of their ids are the
/// same. About those of [#STALLED] it begins to answer and never ends.
public final class FakeMessages implements QuarkusTestResourceLifecycleManager {
  private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
  static final long STALLED = 42;

  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/internal/relations",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean service =
              ParleyBackends.SERVICE_CREDENTIAL.equals(
                  exchange.getRequestHeaders().getFirst("Parley-Service"));
          byte[] answer = related(body).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(service ? 200 : 403, answer.length);
          if (body.contains(new UUID(STALLED, 0).toString().substring(0, 18))) {
            exchange.getResponseBody().write(answer, 0, 1);
            exchange.getResponseBody().flush();
          } else {
            exchange.getResponseBody().write(answer);
            exchange.close();
          }
        });
    server.start();
    // The first instance of the message-service is down.
    return Map.of(
        "parley.messages.url",
        "http://127.0.0.1:" + Ports.free() + ",http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void stop() {
    server.stop(0);
  }

  private static String related(String body) {
    List<UUID> ids =
        ID.matcher(body).results().map(found -> UUID.fromString(found.group())).toList();
    UUID user = ids.getFirst();
    return ids.stream()
        .skip(1)
        .filter(other -> other.getMostSignificantBits() == user.getMostSignificantBits())
        .map(other -> "\"" + other + "\"")
        .collect(Collectors.joining(",", "{\"related\":[", "]}"));
  }
}
