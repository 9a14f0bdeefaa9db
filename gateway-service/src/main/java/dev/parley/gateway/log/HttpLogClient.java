package dev.parley.gateway.log;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.internal.InternalClient;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.instances.Instances;
import dev.parley.runtime.internal.ServiceCredential;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/// [LogClient] over the internal addresses of the message-service. A read that met a connection
/// which the other side had just closed is made again, and one that met an instance which cannot be
/// reached is made at the next; all are harmless to repeat.
@ApplicationScoped
public class HttpLogClient implements LogClient {
  private static final Logger LOG = Logger.getLogger(HttpLogClient.class);
  private static final long WARN_EVERY_NANOS = TimeUnit.SECONDS.toNanos(10);

  /// A read is given up after so many times its timeout, whatever it waits for.
  private static final int ATTEMPTS = 3;

  private record Read(HttpMethod method, String path, Buffer body) {}

  private final InternalClient messages;
  private final LogConfig config;
  private final Instances instances;
  private final GatheredReads gathered;
  private final Counter reads;
  private final Counter failures;
  private final AtomicLong warned = new AtomicLong(System.nanoTime() - WARN_EVERY_NANOS);

  HttpLogClient(
      Vertx vertx,
      ServiceCredential credential,
      LogConfig config,
      MessagesAddress address,
      MeterRegistry registry) {
    this.config = config;
    this.instances = new Instances(address.url());
    this.messages =
        new InternalClient(
            vertx,
            credential,
            new HttpClientOptions()
                .setConnectTimeout((int) config.connectTimeout().toMillis())
                .setMaxWaitQueueSize(config.waiting())
                .setKeepAliveTimeout(30)
                .setMetricsName("log"),
            new PoolOptions().setHttp1MaxSize(config.connections()),
            config.timeout());
    this.gathered =
        new GatheredReads(
            this::postGathered,
            config.waiting(),
            (delay, action) ->
                CompletableFuture.delayedExecutor(
                        delay.toNanos(), TimeUnit.NANOSECONDS, HttpLogClient::start)
                    .execute(action),
            registry);
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
    messages.close();
  }

  @Override
  public CompletionStage<Memberships> memberships(UUID user, int limit) {
    return gathered.memberships(user, limit);
  }

  @Override
  public CompletionStage<Map<UUID, Long>> heads(UUID user, Collection<UUID> conversations) {
    return gathered.heads(user, conversations);
  }

  @Override
  public CompletionStage<Page> missed(UUID user, UUID conversation, long after, int limit) {
    return gathered.missed(user, conversation, after, limit);
  }

  @Override
  public CompletionStage<Page> hole(UUID user, UUID conversation, long after, int limit) {
    return gathered.hole(user, conversation, after, limit);
  }

  @Override
  public CompletionStage<Map<UUID, Long>> tails(Collection<UUID> conversations) {
    JsonArray ids = new JsonArray();
    conversations.forEach(conversation -> ids.add(conversation.toString()));
    return post("/internal/tails", new JsonObject().put("conversations", ids), Answer::heads)
        .exceptionallyCompose(problem -> CompletableFuture.failedStage(refusal(problem)));
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
    return read(new Read(HttpMethod.GET, path.toString(), Buffer.buffer()))
        .map(Answer::page)
        .recover(problem -> Future.failedFuture(refusal(problem)))
        .toCompletionStage();
  }

  private <T> CompletionStage<T> postGathered(
      String path, JsonObject body, Function<Answer, T> parse) {
    return post(path, body, parse)
        .exceptionallyCompose(problem -> {
          Refusal refusal = refusal(problem);
          Throwable cause = cause(problem);
          boolean answered =
              cause instanceof RuntimeException && !(cause instanceof VertxException);
          return CompletableFuture.failedStage(
              answered && cause != refusal ? new Unanswerable(String.valueOf(cause)) : refusal);
        });
  }

  // Large answers: what they say is made out where no event loop waits for it.
  private <T> CompletionStage<T> post(String path, JsonObject body, Function<Answer, T> parse) {
    return read(new Read(HttpMethod.POST, path, body.toBuffer()))
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(config.timeout().toMillis() * ATTEMPTS, TimeUnit.MILLISECONDS)
        .thenApplyAsync(parse, HttpLogClient::start);
  }

  // The JDK's timer is there for all: its threads need not know this application's classes.
  private static void start(Runnable task) {
    Thread thread = Thread.ofVirtual().unstarted(task);
    thread.setContextClassLoader(HttpLogClient.class.getClassLoader());
    thread.start();
  }

  private Future<Answer> read(Read read) {
    reads.increment();
    return ask(read, instances.count());
  }

  private Future<Answer> ask(Read read, int more) {
    URI instance = instances.current();
    return once(instance, read)
        .recover(problem -> {
          if (more == 0 || !mayAskAgain(problem)) {
            return Future.failedFuture(problem);
          }
          // A connection that was closed says nothing of the instance, which is asked again.
          if (!(problem instanceof HttpClosedException)) {
            instances.unreachable(instance);
          }
          return ask(read, more - 1);
        });
  }

  // One that has answered, however, or that is alone and silent, would not answer otherwise.
  private boolean mayAskAgain(Throwable problem) {
    boolean answered = problem instanceof Refusal || problem instanceof IllegalStateException;
    return problem instanceof HttpClosedException || (instances.count() > 1 && !answered);
  }

  private Future<Answer> once(URI instance, Read read) {
    return messages
        .ask(instance, read.method(), read.path(), read.body())
        .compose(response ->
            response.status() == 200
                ? Future.succeededFuture(new Answer(response.headers(), response.body()))
                : Future.failedFuture(refused(response.status())));
  }

  private static Throwable refused(int status) {
    if (status == ErrorCode.NOT_FOUND.status()) {
      return new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation.");
    }
    if (status == ErrorCode.UNAVAILABLE.status()) {
      return new IOException("the message-service is unavailable");
    }
    return new IllegalStateException("the message-service answered " + status);
  }

  private static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }

  private Refusal refusal(Throwable failure) {
    Throwable problem = cause(failure);
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
    return Refusal.unavailable("The log cannot be read now. Try again.");
  }
}
