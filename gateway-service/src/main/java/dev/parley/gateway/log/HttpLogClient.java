package dev.parley.gateway.log;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.internal.ServiceCredential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// [LogClient] over the internal addresses of the message-service. A read that met a connection
/// which the other side had just closed is made once more; all are harmless to repeat.
@ApplicationScoped
public class HttpLogClient implements LogClient {
  private static final Logger LOG = Logger.getLogger(HttpLogClient.class);
  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final HttpClient http;
  private final ServiceCredential credential;
  private final LogConfig config;
  private final URI base;
  private final Counter reads;
  private final Counter failures;
  private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);

  HttpLogClient(
      Vertx vertx,
      ServiceCredential credential,
      LogConfig config,
      MessagesAddress address,
      MeterRegistry registry) {
    this.credential = credential;
    this.config = config;
    this.base = address.url();
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxWaitQueueSize(config.waiting())
                .setKeepAliveTimeout(30)
                .setSsl("https".equals(base.getScheme()))
                .setMetricsName("log"),
            new PoolOptions().setHttp1MaxSize(config.connections()));
    this.reads =
        Counter.builder("parley.gateway.log.reads")
            .description("reads from the message-service")
            .register(registry);
    this.failures =
        Counter.builder("parley.gateway.log.failures")
            .description("reads that failed for want of an answer")
            .register(registry);
  }

  @PreDestroy
  void close() {
    var _ = http.close();
  }

  @Override
  public CompletionStage<Memberships> memberships(UUID user, int limit) {
    JsonObject body = new JsonObject().put("user", user.toString()).put("limit", limit);
    return read(HttpMethod.POST, "/internal/memberships", body, Answer::memberships);
  }

  @Override
  public CompletionStage<Map<UUID, Long>> heads(UUID user, Collection<UUID> conversations) {
    return heads("/internal/heads", new JsonObject().put("user", user.toString()), conversations);
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tails(Collection<UUID> conversations) {
    return heads("/internal/tails", new JsonObject(), conversations);
  }

  @Override
  public CompletionStage<Page> history(
      UUID user, UUID conversation, OptionalLong after, OptionalLong before, int limit) {
    StringBuilder path =
        new StringBuilder("/internal/conversations/")
            .append(conversation)
            .append("/events?user=")
            .append(user)
            .append("&limit=")
            .append(limit);
    after.ifPresent(seq -> path.append("&after=").append(seq));
    before.ifPresent(seq -> path.append("&before=").append(seq));
    return read(HttpMethod.GET, path.toString(), null, Answer::page);
  }

  private CompletionStage<Map<UUID, Long>> heads(
      String path, JsonObject body, Collection<UUID> conversations) {
    JsonArray ids = new JsonArray();
    conversations.forEach(conversation -> ids.add(conversation.toString()));
    body.put("conversations", ids);
    return read(HttpMethod.POST, path, body, Answer::heads);
  }

  private <T> CompletionStage<T> read(
      HttpMethod method, String path, @Nullable JsonObject body, Function<Answer, T> parse) {
    reads.increment();
    RequestOptions options =
        new RequestOptions()
            .setMethod(method)
            .setHost(base.getHost())
            .setPort(port())
            .setURI(path)
            .setTimeout(config.timeout().toMillis())
            .putHeader(ServiceCredential.HEADER, credential.value());
    Buffer sent = body == null ? Buffer.buffer() : body.toBuffer();
    if (body != null) {
      options.putHeader("Content-Type", "application/json");
    }
    return once(options, sent)
        .recover(problem ->
            problem instanceof HttpClosedException
                ? once(options, sent)
                : Future.failedFuture(problem))
        .map(parse)
        .recover(problem -> Future.failedFuture(refusal(problem)))
        .toCompletionStage();
  }

  private Future<Answer> once(RequestOptions options, Buffer body) {
    return http.request(options)
        .compose((HttpClientRequest request) -> request.send(body))
        .compose(response ->
            response
                .body()
                .timeout(config.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .map(bytes -> new Answer(response.statusCode(), response.headers(), bytes)))
        .compose(answer ->
            answer.status() == 200
                ? Future.succeededFuture(answer)
                : Future.failedFuture(refused(answer)));
  }

  private Throwable refused(Answer answer) {
    if (answer.status() == ErrorCode.NOT_FOUND.status()) {
      return new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation.");
    }
    return new IllegalStateException("the message-service answered " + answer.status());
  }

  private Refusal refusal(Throwable problem) {
    if (problem instanceof Refusal refusal) {
      return refusal;
    }
    failures.increment();
    long now = System.nanoTime();
    long last = warned.get();
    if (now - last > WARN_EVERY_NANOS && warned.compareAndSet(last, now)) {
      LOG.warnf(
          "The message-service at %s cannot be read: %s (further failures are only counted for a"
              + " while)",
          base, problem);
    }
    return new Refusal(ErrorCode.UNAVAILABLE, "The log cannot be read now. Try again.");
  }

  private int port() {
    if (base.getPort() > 0) {
      return base.getPort();
    }
    return "https".equals(base.getScheme()) ? 443 : 80;
  }
}
