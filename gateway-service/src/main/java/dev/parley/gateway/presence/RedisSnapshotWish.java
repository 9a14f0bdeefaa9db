package dev.parley.gateway.presence;

import dev.parley.contracts.presence.PresenceKeys;
import dev.parley.gateway.redis.RedisConfig;
import dev.parley.gateway.redis.RedisLink;
import io.quarkus.runtime.StartupEvent;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Looks whether the presence-service wants a snapshot: it says so by changing a key.
@ApplicationScoped
class RedisSnapshotWish {
  private final RedisLink redis;
  private final KafkaSessionReports reports;
  private final PresenceConfig config;
  private final String key;
  private final ScheduledExecutorService beat =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("snapshot-wish").factory());
  private volatile @Nullable String answered;

  RedisSnapshotWish(
      RedisLink redis, RedisConfig names, KafkaSessionReports reports, PresenceConfig config) {
    this.redis = redis;
    this.reports = reports;
    this.config = config;
    this.key = new PresenceKeys(names.keyPrefix().orElse("")).snapshotWanted();
  }

  void start(@Observes StartupEvent event) {
    long every = config.snapshotWish().toMillis();
    var _ = beat.scheduleWithFixedDelay(this::look, every, every, TimeUnit.MILLISECONDS);
  }

  @PreDestroy
  void close() {
    beat.shutdownNow();
  }

  // Redis out of reach says nothing: it is asked again at the next beat.
  private void look() {
    redis
        .send(Request.cmd(Command.GET).arg(key))
        .thenAccept(response -> found(response == null ? null : response.toString()));
  }

  private void found(@Nullable String wish) {
    if (wish != null && !wish.equals(answered)) {
      answered = wish;
      reports.snapshot();
    }
  }
}
