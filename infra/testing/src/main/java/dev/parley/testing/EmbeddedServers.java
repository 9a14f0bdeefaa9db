package dev.parley.testing;

import dev.parley.servers.KafkaBroker;
import dev.parley.servers.KafkaNode;
import dev.parley.servers.Ports;
import dev.parley.servers.Postgres;
import dev.parley.servers.ProcessIdentity;
import dev.parley.servers.Redis;
import dev.parley.servers.Repository;
import dev.parley.servers.Server;
import dev.parley.servers.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/// The servers as processes, set for speed: what they hold need not outlive the machine.
final class EmbeddedServers implements RunningServers {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final String PASSWORD = "for-tests-only";

  private final List<ServerProcess> processes = new ArrayList<>();
  private final Addresses addresses;

  private EmbeddedServers(Path directory) throws Exception {
    Repository repository = Repository.find();
    KafkaNode node = KafkaNode.onFreePorts(1);
    int postgres = Ports.free();
    int redis = Ports.free();
    List<Server> servers =
        List.of(
            new KafkaBroker(
                repository,
                directory.resolve("kafka"),
                KafkaBroker.newClusterId(),
                node,
                List.of(node),
                Map.of(KafkaBroker.JAVA_OPTIONS, "-XX:TieredStopAtLevel=1")),
            new Postgres(
                repository,
                directory.resolve("postgres"),
                postgres,
                PASSWORD,
                Postgres.forgetful()),
            new Redis(repository, directory.resolve("redis"), redis, Redis.forgetful()));
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<ServerProcess>> starts =
          servers.stream()
              .map(server -> (Callable<ServerProcess>) () -> start(server, directory))
              .toList();
      for (var started : executor.invokeAll(starts)) {
        started.get();
      }
    } catch (Exception e) {
      close();
      throw e;
    }
    addresses =
        new Addresses(
            node.clientAddress(),
            "127.0.0.1:" + postgres,
            Postgres.SUPERUSER,
            PASSWORD,
            "redis://127.0.0.1:" + redis);
  }

  static RunningServers start(Path directory) throws Exception {
    return new EmbeddedServers(directory);
  }

  /// Kills the servers that were started in the directory, by whomever.
  static void kill(Path directory) throws IOException {
    Path pids = directory.resolve("pids");
    if (Files.exists(pids)) {
      for (String line : Files.readAllLines(pids)) {
        String[] words = line.split(" ", 2);
        new ProcessIdentity(Long.parseLong(words[0]), Long.parseLong(words[1]))
            .find()
            .ifPresent(ProcessHandle::destroyForcibly);
      }
    }
  }

  private ServerProcess start(Server server, Path directory) throws Exception {
    server.prepare();
    ServerProcess process =
        ServerProcess.start(server, directory, directory.resolve(server.name() + ".log"));
    ProcessIdentity identity = ProcessIdentity.of(process.handle());
    synchronized (processes) {
      processes.add(process);
      Files.writeString(
          directory.resolve("pids"),
          identity.pid() + " " + identity.startedMillis() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    process.awaitReady(LONG);
    return process;
  }

  @Override
  public Addresses addresses() {
    return addresses;
  }

  @Override
  public void close() {
    synchronized (processes) {
      for (ServerProcess process : processes) {
        try {
          process.kill();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
