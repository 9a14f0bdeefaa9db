package dev.parley.gateway.log;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.instances.Instances;
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
/// which the other side had just closed is made again, and one that met an instance which cannot be
/// reached is made at the next; all are harmless to repeat.
@ApplicationScoped
public class HttpLogClient implements LogClient {
  private static final Logger LOG = Logger.getLogger(HttpLogClient.class);
  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Read(HttpMethod method, String path, Buffer body) {}

  private final HttpClient http;
  private final ServiceCredential credential;
  private final LogConfig config;
  private final Instances instances;
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
    this.instances = new Instances(address.url());
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxWaitQueueSize(config.waiting())
                .setKeepAliveTimeout(30)
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
    Read read = new Read(method, path, body == null ? Buffer.buffer() : body.toBuffer());
    return ask(read, Math.max(1, instances.count() - 1))
        .map(parse)
        .recover(problem -> Future.failedFuture(refusal(problem)))
        .toCompletionStage();
  }

  private Future<Answer> ask(Read read, int more) {
    URI instance = instances.current();
    return once(instance, read)
        .recover(problem -> {
          if (more == 0 || !mayAskAgain(problem)) {
            return Future.failedFuture(problem);
          }
          instances.unreachable(instance);
          return ask(read, more - 1);
        });
  }

  // One that has answered, however, or that is alone and silent, would not answer otherwise.
  private boolean mayAskAgain(Throwable problem) {
    boolean answered = problem instanceof Refusal || problem instanceof IllegalStateException;
    return problem instanceof HttpClosedException || (instances.count() > 1 && !answered);
  }

  private Future<Answer> once(URI instance, Read read) {
    boolean tls = "https".equals(instance.getScheme());
    RequestOptions options =
        new RequestOptions()
            .setMethod(read.method())
            .setSsl(tls)
            .setHost(instance.getHost())
            .setPort(instance.getPort() > 0 ? instance.getPort() : tls ? 443 : 80)
            .setURI(read.path())
            .setTimeout(config.timeout().toMillis())
            .putHeader("Content-Type", "application/json")
            .putHeader(ServiceCredential.HEADER, credential.value());
    return http.request(options)
        .compose((HttpClientRequest request) -> request.send(read.body()))
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
          "The message-service cannot be read: %s (further failures are only counted for a while)",
          problem);
    }
    return new Refusal(ErrorCode.UNAVAILABLE, "The log cannot be read now. Try again.");
  }
}
