package dev.parley.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.gateway.internal.TestCredential;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reads while the machine is short of processors.
class HttpLogClientTest {
  /// Longer than an answer of this machine to itself takes.
  private static final Duration PAUSE = Duration.ofMillis(300);

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void startServer() throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(HttpLogClientTest::answer)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get(90, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
  }

  /// The answer passed before anybody asked for its body, which was then waited for in vain: a read
  /// in thousands ended as `unavailable` after 5 s in a container with little CPU.
  @Test
  void answerThatIsThereBeforeTheCallerGoesOnIsRead() throws Exception {
    HttpLogClient client =
        new HttpLogClient(
            slow(Vertx.class, vertx),
            TestCredential.create(),
            config(),
            () -> List.of(URI.create("http://127.0.0.1:" + server.actualPort())),
            new SimpleMeterRegistry());
    LogClient.Page page =
        client
            .history(
                UUID.randomUUID(),
                UUID.randomUUID(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                10)
            .toCompletableFuture()
            .get(90, TimeUnit.SECONDS);
    assertEquals(1, page.lines().size());
  }

  private static void answer(HttpServerRequest request) {
    request
        .response()
        .putHeader("Parley-Count", "1")
        .putHeader("Parley-First", "1")
        .putHeader("Parley-Head", "1")
        .end("{\"seq\":1}\n");
  }

  /// Does what `real` does, but after each step of a request the thread loses its processor.
  private static <T> T slow(Class<T> type, T real) {
    return type.cast(
        Proxy.newProxyInstance(
            HttpLogClientTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              Object result;
              try {
                result = method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
              if (type == Future.class) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
              }
              return switch (result) {
                case HttpClient http -> slow(HttpClient.class, http);
                case Future<?> future when type != Vertx.class -> slow(Future.class, future);
                case null, default -> result;
              };
            }));
  }

  private static LogConfig config() {
    return new SmallRyeConfigBuilder()
        // Far longer than it takes, even for a machine that stands still for a while.
        .withDefaultValue("parley.gateway.log.timeout", "60s")
        .withDefaultValue("parley.gateway.log.connect-timeout", "60s")
        .withConverter(Duration.class, 300, new DurationConverter())
        .withMapping(LogConfig.class)
        .build()
        .getConfigMapping(LogConfig.class);
  }
}
