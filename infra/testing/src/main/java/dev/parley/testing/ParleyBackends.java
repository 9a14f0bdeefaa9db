package dev.parley.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives a Quarkus application under test the shared servers and a token issuer. See the package's
/// page.
public final class ParleyBackends implements QuarkusTestResourceLifecycleManager {
  /// The secret between services in tests.
  public static final String SERVICE_CREDENTIAL = "tests-speak-to-internal-paths-with-this";

  @Override
  public Map<String, String> start() {
    Backends backends = Backends.ofThisProcess();
    return Map.of(
        "kafka.bootstrap.servers",
        backends.kafka(),
        "quarkus.datasource.jdbc.url",
        backends.database(""),
        "quarkus.datasource.username",
        backends.user(),
        "quarkus.datasource.password",
        backends.password(),
        "quarkus.redis.hosts",
        backends.redis(),
        "parley.kafka.topic-prefix",
        backends.topicPrefix(),
        "parley.redis.key-prefix",
        backends.keyPrefix(),
        "parley.auth.url",
        TokenIssuer.shared().url().toString(),
        "parley.service-credential",
        SERVICE_CREDENTIAL);
  }

  /// The servers belong to the build.
  @Override
  public void stop() {}
}
