package dev.parley.loadbalancer;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The entry as a process: `LoadBalancer --routes FILE`.
public final class LoadBalancer implements AutoCloseable {
  private static final Logger LOG = System.getLogger(LoadBalancer.class.getName());

  /// They log as an error what happens whenever a client or a server goes away. Held, since others
  /// hold them weakly.
  private static final List<java.util.logging.Logger> TALKATIVE =
      List.of(
          java.util.logging.Logger.getLogger("io.vertx.core.net.impl.ConnectionBase"),
          java.util.logging.Logger.getLogger("io.vertx.core.http.impl.HttpClientResponseImpl"));

  /// Two loops move a gigabit each on an ordinary core; the rest of the machine is for others.
  private static final int LOOPS = Math.min(2, Runtime.getRuntime().availableProcessors());

  private static final long START_SECONDS = 20;
  private static final long STOP_SECONDS = 1;

  private final Vertx vertx;
  private final RoutesFile file;

  private LoadBalancer(Vertx vertx, RoutesFile file) {
    this.vertx = vertx;
    this.file = file;
  }

  /// Starts the entry, and ends the process with exit code 1 and one line on standard error if that
  /// is not possible. SIGTERM ends it.
  public static void main(String[] arguments) {
    if (arguments.length != 2 || !arguments[0].equals("--routes")) {
      System.err.println("usage: LoadBalancer --routes FILE");
      System.exit(2);
    }
    try {
      LoadBalancer running = start(Path.of(arguments[1]), Limits.ofThisProcess());
      Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stop"));
    } catch (IOException | RuntimeException e) {
      Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
      System.err.println("The entry cannot start: " + cause.getMessage());
      System.exit(1);
    }
  }

  /// Starts the entry on the addresses in `file`, and follows the file from then on.
  ///
  /// @throws IOException if the file cannot be read
  /// @throws IllegalArgumentException if the file is wrong
  /// @throws CompletionException if an address cannot be listened on
  static LoadBalancer start(Path file, Limits limits) throws IOException {
    RoutesFile routesFile = new RoutesFile(file);
    Routes routes = routesFile.read();
    Pools pools = new Pools(routes);
    TALKATIVE.forEach(logger -> logger.setLevel(java.util.logging.Level.OFF));
    LoadBalancer balancer = new LoadBalancer(vertx(), routesFile);
    try {
      balancer.listen(routes, pools, limits);
    } catch (CompletionException e) {
      balancer.close();
      throw e;
    }
    routesFile.follow(changed -> {
      pools.update(changed);
      LOG.log(Level.INFO, "The routes are now {0}", changed.addresses());
    });
    return balancer;
  }

  private void listen(Routes routes, Pools pools, Limits limits) {
    Future<HttpServer> management = new Management(pools).start(vertx, routes.management());
    Future<String> entries =
        vertx.deployVerticle(
            () -> new Entry(routes.listen(), pools, limits),
            new DeploymentOptions().setInstances(LOOPS));
    Future.all(management, entries)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(START_SECONDS, TimeUnit.SECONDS)
        .join();
    LOG.log(Level.INFO, "Listening on {0}, serving {1}", routes.listen(), routes.addresses());
  }

  /// Closes all connections and ends all threads, within about a second.
  @Override
  public void close() {
    file.close();
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      LOG.log(Level.WARNING, "Not everything was closed in time", e);
    }
  }

  private static Vertx vertx() {
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(LOOPS)
            .setWorkerPoolSize(1)
            .setInternalBlockingPoolSize(1)
            .setPreferNativeTransport(true)
            // The check wakes a thread each time; a minute keeps an idle entry idle.
            .setBlockedThreadCheckInterval(60)
            .setBlockedThreadCheckIntervalUnit(TimeUnit.SECONDS)
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setClassPathResolvingEnabled(false)
                    .setFileCachingEnabled(false)));
  }
}
