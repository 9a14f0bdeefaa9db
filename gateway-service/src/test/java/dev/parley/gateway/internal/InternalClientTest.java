package dev.parley.gateway.internal;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.gateway.internal.InternalClient.Response;
import dev.parley.testing.Patience;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InternalClientTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() throws Exception {
    await(vertx.close());
  }

  /// Its connection was never given back; with as many as the pool holds nothing could be asked any
  /// more.
  @Test
  void bodyThatNeverComesDoesNotKeepItsConnection() throws Exception {
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(InternalClientTest::answer).listen(0));
    URI instance = URI.create("http://127.0.0.1:" + server.actualPort());
    try (InternalClient client =
        new InternalClient(
            vertx,
            TestCredential.create(),
            new HttpClientOptions(),
            new PoolOptions().setHttp1MaxSize(1),
            Duration.ofSeconds(1))) {
      var failed =
          assertThrows(
              ExecutionException.class,
              () -> await(client.ask(instance, HttpMethod.GET, "/half", Buffer.buffer())));
      assertInstanceOf(TimeoutException.class, failed.getCause());
      // The same client, whose patience is short: on a slow machine it may need several tries.
      Patience.await()
          .ignoreExceptionsInstanceOf(ExecutionException.class)
          .until(() -> {
            Response next = await(client.ask(instance, HttpMethod.GET, "/whole", Buffer.buffer()));
            return next.body().toString().equals("whole");
          });
    }
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().equals("/half")) {
      request.response().setChunked(true).write("half");
    } else {
      request.response().end("whole");
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
