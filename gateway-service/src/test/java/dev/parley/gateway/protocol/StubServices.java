package dev.parley.gateway.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.parley.servers.Ports;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Stands in for message- and presence-service: every user is a member of one conversation, whose
/// log and every other's that is asked for ends at event 3; everyone is related and, unless a test
/// says otherwise, online.
public final class StubServices implements QuarkusTestResourceLifecycleManager {
  static final String MEMBER_OF = "00000000-0000-7000-8000-0000000000c1";
  static final String FORBIDDEN = "00000000-0000-7000-8000-0000000000cf";

  private static final String MISSED =
      """
      {"first":2,"count":2,"more":false,"head":3,"refused":[]}
      {"seq":2}
      {"seq":3}
      """;

  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /// Where it says how many SQL statements the message-service would have executed by now.
  static final String STATEMENTS = "/statements";

  static volatile String status = "online";

  private final AtomicInteger statements = new AtomicInteger();
  private HttpServer server;

  @Override
  public Map<String, String> start() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::answer);
    server.start();
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    // The first instance of the message-service is down.
    String dead = "http://127.0.0.1:" + Ports.free();
    return Map.of("parley.messages.url", dead + "," + url, "parley.presence.url", url);
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    String path = exchange.getRequestURI().getPath();
    statements.addAndGet(statements(path));
    String answer =
        switch (path) {
          case "/internal/memberships" ->
              new JsonObject(body)
                  .getJsonArray("users").stream()
                      .map(user ->
                          "{\"conversations\":[{\"conversation\":\""
                              + MEMBER_OF
                              + "\",\"joined\":2}]}")
                      .collect(Collectors.joining(",", "{\"users\":[", "]}"));
          case "/internal/heads" ->
              new JsonObject(body)
                  .getJsonArray("readers").stream()
                      .map(reader -> ((JsonObject) reader).getJsonArray("conversations").encode())
                      .map(ids -> "{\"heads\":[" + each(ids, "conversation", "\"seq\":3") + "]}")
                      .collect(Collectors.joining(",", "{\"readers\":[", "]}"));
          case "/internal/tails" -> "{\"heads\":[" + each(body, "conversation", "\"seq\":3") + "]}";
          case "/internal/events" ->
              new JsonObject(body)
                  .getJsonArray("missed").stream()
                      .map(part -> MISSED)
                      .collect(Collectors.joining());
          case "/internal/relations" ->
              "{\"related\":["
                  + ids(after(body, "others"))
                      .map(id -> "\"" + id + "\"")
                      .collect(Collectors.joining(","))
                  + "]}";
          case "/internal/presence", "/internal/statuses" ->
              "{\"users\":["
                  + each(after(body, "users"), "user", "\"status\":\"" + status + "\"")
                  + "]}";
          case STATEMENTS -> statements.toString();
          default -> page(exchange);
        };
    byte[] bytes = answer.getBytes(UTF_8);
    exchange.sendResponseHeaders(path.contains(FORBIDDEN) ? 404 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  // As the message-service's own tests hold them.
  private static int statements(String path) {
    return switch (path) {
      case "/internal/memberships", "/internal/heads", "/internal/tails", "/internal/relations" ->
          1;
      case "/internal/presence", "/internal/statuses", STATEMENTS -> 0;
      default -> 2;
    };
  }

  private static String page(HttpExchange exchange) {
    exchange.getResponseHeaders().set("Parley-First", "2");
    exchange.getResponseHeaders().set("Parley-Count", "2");
    exchange.getResponseHeaders().set("Parley-More", "true");
    exchange.getResponseHeaders().set("Parley-Head", "3");
    return "{\"seq\":2}\n{\"seq\":3}\n";
  }

  private static String each(String ids, String name, String rest) {
    return ids(ids)
        .filter(id -> !id.equals(FORBIDDEN))
        .map(id -> "{\"" + name + "\":\"" + id + "\"," + rest + "}")
        .collect(Collectors.joining(","));
  }

  private static Stream<String> ids(String text) {
    return ID.matcher(text).results().map(MatchResult::group);
  }

  private static String after(String body, String name) {
    return body.substring(body.indexOf("\"" + name + "\""));
  }
}
