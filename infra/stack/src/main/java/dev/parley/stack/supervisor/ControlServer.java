package dev.parley.stack.supervisor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/// Takes commands for a running stack over HTTP on loopback; each must show the token that
/// `state.json` (0600) holds.
///
/// `GET /status` · `POST /down` · `POST /start/NAME` · `POST /stop/NAME` · `POST /restart/NAME` ·
/// `POST /gateways/N`. Answers 200, 400 with a sentence for what cannot be, 401 without the token,
/// 500 with a sentence for what failed.
public final class ControlServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private final HttpServer server;
  private final Supervisor supervisor;
  private final byte[] authorization;
  private final Runnable down;

  /// Listens from now on.
  ///
  /// @param token what commands must show
  /// @param down ends this program; must return at once
  public ControlServer(Supervisor supervisor, String token, Runnable down) throws IOException {
    this.down = down;
    this.supervisor = supervisor;
    this.authorization = ("Bearer " + token).getBytes(StandardCharsets.UTF_8);
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(command -> Thread.ofVirtual().start(command));
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (given == null
        || !MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), authorization)) {
      answer(exchange, 401, "the token is missing or wrong");
      return;
    }
    try {
      answer(exchange, 200, perform(exchange.getRequestURI().getPath()));
    } catch (IllegalArgumentException e) {
      answer(exchange, 400, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      answer(exchange, 500, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer(exchange, 500, "interrupted");
    }
  }

  private String perform(String path) throws IOException, InterruptedException {
    switch (path) {
      case "/status" -> {
        return JSON.writeValueAsString(supervisor.report());
      }
      case "/down" -> down.run();
      default -> change(path);
    }
    return "";
  }

  private void change(String path) throws IOException, InterruptedException {
    if (!supervisor.isReady()) {
      throw new IllegalArgumentException("the stack is still starting");
    }
    String argument = path.substring(path.lastIndexOf('/') + 1);
    switch (path.substring(0, path.lastIndexOf('/'))) {
      case "/start" -> supervisor.start(argument);
      case "/stop" -> supervisor.stop(argument);
      case "/restart" -> supervisor.restart(argument);
      case "/gateways" -> supervisor.scaleGateways(Integer.parseInt(argument));
      default -> throw new IllegalArgumentException("unknown command " + path);
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
