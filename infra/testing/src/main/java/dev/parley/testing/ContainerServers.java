package dev.parley.testing;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// The servers as containers of their official images.
final class ContainerServers implements RunningServers {
  private static final int REDIS_PORT = 6379;

  private final KafkaContainer kafka =
      new KafkaContainer(DockerImageName.parse("apache/kafka:4.3.1"));
  private final PostgreSQLContainer postgres =
      new PostgreSQLContainer(DockerImageName.parse("postgres:18-alpine"));
  private final GenericContainer<?> redis =
      new GenericContainer<>(DockerImageName.parse("redis:8-alpine")).withExposedPorts(REDIS_PORT);

  private ContainerServers() {
    // Written when it starts, by user 1000: as in the compose file.
    kafka.withTmpFs(Map.of("/opt/kafka/config", "uid=1000,gid=1000,mode=755"));
    kafka.withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
    // As the embedded broker and the compose file have them.
    kafka.withEnv("KAFKA_GROUP_CONSUMER_MIN_SESSION_TIMEOUT_MS", "6000");
    kafka.withEnv("KAFKA_GROUP_CONSUMER_SESSION_TIMEOUT_MS", "10000");
    kafka.withEnv("KAFKA_GROUP_CONSUMER_MIN_HEARTBEAT_INTERVAL_MS", "1000");
    kafka.withEnv("KAFKA_GROUP_CONSUMER_HEARTBEAT_INTERVAL_MS", "1000");
    postgres.setCommand("postgres", "-c", "fsync=off", "-c", "max_connections=200");
  }

  static RunningServers start() {
    ContainerServers servers = new ContainerServers();
    try {
      Startables.deepStart(List.of(servers.kafka, servers.postgres, servers.redis)).join();
      return servers;
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /// Asks for the server's version, because `docker info` succeeds without an engine.
  static boolean engineAnswers() {
    try {
      Process process =
          new ProcessBuilder("docker", "version", "-f", "{{.Server.Version}}")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(10, TimeUnit.SECONDS)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException notInstalled) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public Addresses addresses() {
    return new Addresses(
        kafka.getBootstrapServers(),
        postgres.getHost() + ":" + postgres.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT),
        postgres.getUsername(),
        postgres.getPassword(),
        "redis://" + redis.getHost() + ":" + redis.getMappedPort(REDIS_PORT));
  }

  @Override
  public void close() {
    kafka.stop();
    postgres.stop();
    redis.stop();
  }
}
