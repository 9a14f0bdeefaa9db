package dev.parley.messages.outage;

import dev.parley.messages.probe.Line;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/// The real servers, with PostgreSQL and Redis behind a [Line] each.
public final class Lines implements QuarkusTestResourceLifecycleManager {
  private Line postgres;
  private Line redis;

  @Override
  public Map<String, String> start() {
    Map<String, String> settings = new HashMap<>(new ParleyBackends().start());
    try {
      URI database =
          URI.create(settings.get("quarkus.datasource.jdbc.url").substring("jdbc:".length()));
      postgres = new Line(database.getPort());
      settings.put(
          "quarkus.datasource.jdbc.url",
          "jdbc:postgresql://127.0.0.1:" + postgres.port() + database.getPath());
      redis = new Line(URI.create(settings.get("quarkus.redis.hosts")).getPort());
      settings.put("quarkus.redis.hosts", "redis://127.0.0.1:" + redis.port());
      return settings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void inject(TestInjector injector) {
    injector.injectIntoFields(postgres, field -> field.getName().equals("toPostgres"));
    injector.injectIntoFields(redis, field -> field.getName().equals("toRedis"));
  }

  @Override
  public void stop() {
    try {
      postgres.close();
      redis.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
