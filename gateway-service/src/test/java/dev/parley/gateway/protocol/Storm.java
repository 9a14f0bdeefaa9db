package dev.parley.gateway.protocol;

import dev.parley.testing.TokenIssuer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Thousands of clients that come back at once. Each has seen the first event of its conversations,
/// and has caught up when it got the second and the third of each, in order and once.
final class Storm implements AutoCloseable {
  private static final long RETRY_MILLIS = 1000;

  private static final Pattern AGAIN =
      Pattern.compile("\\{\"id\":1,\"type\":\"error\",\"code\":\"(unavailable|timeout)\".*");

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final WebSocketClient clients =
      vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(100_000));
  private final TokenIssuer issuer = TokenIssuer.shared();
  private final URI server;
  private final int conversations;
  private final AtomicInteger caughtUp = new AtomicInteger();
  private final AtomicInteger again = new AtomicInteger();
  private final AtomicReference<@Nullable String> wrong = new AtomicReference<>();

  Storm(URI server, int conversations) {
    this.server = server;
    this.conversations = conversations;
  }

  void breakOut(int sessions) {
    // Their tokens are from before.
    List<String> connects = Stream.generate(this::connect).parallel().limit(sessions).toList();
    connects.forEach(this::begin);
  }

  int caughtUp() {
    return caughtUp.get();
  }

  /// How many were told to try again later, and did: on a slow machine.
  int again() {
    return again.get();
  }

  /// What a client got that it may not get, null if nothing.
  @Nullable String wrong() {
    return wrong.get();
  }

  private String connect() {
    String resume =
        Stream.generate(() -> "\"" + UUID.randomUUID() + "\":1")
            .limit(conversations)
            .collect(Collectors.joining(","));
    return "{\"id\":1,\"type\":\"connect\",\"token\":\"%s\",\"resume\":{%s}}"
        .formatted(issuer.token(UUID.randomUUID()), resume);
  }

  private void begin(String connect) {
    var options =
        new WebSocketConnectOptions()
            .setHost(server.getHost())
            .setPort(server.getPort())
            .setURI("/ws")
            .addSubProtocol("parley.v1.json");
    var _ =
        clients
            .connect(options)
            .onSuccess(socket -> new Session(socket).begin(connect))
            .onFailure(problem -> {
              if (problem instanceof UpgradeRejectedException refused
                  && refused.getStatus() == 503) {
                vertx.setTimer(RETRY_MILLIS, timer -> begin(connect));
              } else {
                wrong.compareAndSet(null, problem.toString());
              }
            });
  }

  private final class Session {
    private final WebSocket socket;
    private int got;
    private boolean refused;

    Session(WebSocket socket) {
      this.socket = socket;
    }

    void begin(String connect) {
      socket.textMessageHandler(message -> message.lines().forEach(this::hears));
      socket.closeHandler(closed -> {
        if (refused) {
          vertx.setTimer(RETRY_MILLIS, timer -> Storm.this.begin(connect));
        } else {
          wrong.compareAndSet(null, "closed: " + socket.closeStatusCode());
        }
      });
      var _ = socket.writeTextMessage(connect);
    }

    private void hears(String line) {
      if (got == 0 && line.startsWith("{\"id\":1,\"type\":\"connected\"")) {
        got = 1;
      } else if (got == 0 && AGAIN.matcher(line).matches()) {
        refused = true;
        again.incrementAndGet();
      } else if (got > 0 && line.equals("{\"seq\":" + (got % 2 == 1 ? 2 : 3) + "}")) {
        got++;
        if (got == 1 + 2 * conversations) {
          caughtUp.incrementAndGet();
        }
      } else {
        wrong.compareAndSet(null, "after " + got + " lines: " + line);
      }
    }
  }

  @Override
  public void close() {
    wrong.compareAndSet(null, "over");
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
