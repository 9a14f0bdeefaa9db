package dev.parley.stack.supervisor;

import dev.parley.servers.Command;
import dev.parley.servers.ProcessIdentity;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import dev.parley.stack.plan.PlannedServer;
import dev.parley.stack.plan.PlannedServer.Tier;
import dev.parley.stack.plan.StackPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Runs one stack: starts its processes tier by tier, keeps the state file true, and stops all in
/// reverse. Thread-safe.
public final class Supervisor {
  private static final Duration RESTART_LIMIT = Duration.ofSeconds(10);

  private final StackPlan plan;
  private final DataDirectory directory;
  private final Reporter reporter;
  private final String token;
  private final Map<String, Managed> processes = new LinkedHashMap<>();
  private final Object writing = new Object();
  private final ReentrantLock scaling = new ReentrantLock();
  private int controlPort;
  private boolean ready;
  private boolean stopping;

  /// Starts nothing yet.
  ///
  /// @param token what commands must show
  public Supervisor(StackPlan plan, DataDirectory directory, Reporter reporter, String token) {
    this.plan = plan;
    this.directory = directory;
    this.reporter = reporter;
    this.token = token;
    for (PlannedServer planned : plan.servers()) {
      processes.put(planned.name(), manage(planned));
    }
  }

  /// Starts everything and returns when all of it is ready.
  ///
  /// @param controlPort where commands are taken
  /// @throws IOException if a process cannot be started or does not become ready; the message names
  ///   it
  public void start(int controlPort) throws IOException, InterruptedException {
    synchronized (this) {
      this.controlPort = controlPort;
    }
    writeState();
    for (PlannedServer planned : plan.servers()) {
      directory.rotateLog(planned.name());
    }
    routeEntry();
    startAll(of(Tier.INFRASTRUCTURE));
    plan.createDatabases();
    startAll(of(Tier.SERVICES));
    // The entry needs none of the gateways to start.
    startAll(Stream.of(Tier.GATEWAYS, Tier.ENTRY).flatMap(tier -> of(tier).stream()).toList());
  }

  /// Tells whoever waits for this stack that its start is over.
  public void announceReady() {
    synchronized (this) {
      ready = true;
    }
    writeState();
  }

  /// Stops everything, the entry first, within 14 s. What does not end in its time is killed.
  public void stop() throws InterruptedException {
    synchronized (this) {
      stopping = true;
    }
    Command.endAll();
    for (Tier tier : List.of(Tier.values()).reversed()) {
      retireAll(of(tier), stopLimit(tier));
    }
  }

  /// Whether the start is over.
  public synchronized boolean isReady() {
    return ready;
  }

  /// Whether [#stop()] was called: whatever fails from then on has a reason.
  public synchronized boolean isStopping() {
    return stopping;
  }

  /// What each process is and uses.
  public List<ProcessReport> report() {
    return all().stream()
        .sorted(Comparator.comparing(each -> each.planned().tier()))
        .map(Managed::report)
        .toList();
  }

  /// The processes that run now.
  public List<ProcessHandle> handles() {
    return all().stream().flatMap(managed -> managed.handle().stream()).toList();
  }

  /// Starts a stopped process and waits until it is ready.
  public void start(String name) throws IOException, InterruptedException {
    startAll(List.of(find(name)));
  }

  /// Stops a process, which stays stopped.
  public void stop(String name) throws InterruptedException {
    find(name).stop(RESTART_LIMIT);
  }

  /// Stops a process and starts it again at the same port; waits until it is ready.
  public void restart(String name) throws IOException, InterruptedException {
    stop(name);
    start(name);
  }

  /// Makes it so many gateways: new ones are ready on return, the last ones end after the entry has
  /// forgotten them. If one of the new ones does not start, none of them stays.
  public void scaleGateways(int wanted) throws IOException, InterruptedException {
    scaling.lockInterruptibly();
    try {
      scaleAlone(wanted);
    } finally {
      scaling.unlock();
    }
  }

  private void scaleAlone(int wanted) throws IOException, InterruptedException {
    List<Managed> now = of(Tier.GATEWAYS);
    if (wanted < now.size()) {
      List<Managed> leaving = now.subList(wanted, now.size());
      synchronized (this) {
        leaving.forEach(managed -> processes.remove(managed.name()));
      }
      routeEntry();
      retireAll(leaving, RESTART_LIMIT);
      return;
    }
    List<Managed> coming = new ArrayList<>();
    for (int n = now.size() + 1; n <= wanted; n++) {
      coming.add(manage(plan.gateway(n)));
    }
    synchronized (this) {
      coming.forEach(managed -> processes.put(managed.name(), managed));
    }
    try {
      startAll(coming);
    } catch (IOException e) {
      synchronized (this) {
        coming.forEach(managed -> processes.remove(managed.name()));
      }
      retireAll(coming, RESTART_LIMIT);
      throw e;
    }
    routeEntry();
  }

  private Managed manage(PlannedServer planned) {
    return new Managed(planned, directory, reporter, this::writeState);
  }

  private synchronized List<Managed> all() {
    return List.copyOf(processes.values());
  }

  private List<Managed> of(Tier tier) {
    return all().stream().filter(managed -> managed.planned().tier() == tier).toList();
  }

  private synchronized Managed find(String name) {
    return Optional.ofNullable(processes.get(name))
        .orElseThrow(() ->
            new IllegalArgumentException(
                name + " is not here; there are " + String.join(", ", processes.keySet())));
  }

  private void routeEntry() throws IOException {
    plan.entry().route(of(Tier.GATEWAYS).stream().map(each -> each.planned().address()).toList());
  }

  private void startAll(List<Managed> starting) throws IOException, InterruptedException {
    if (isStopping()) {
      throw new IOException("the stack is stopping");
    }
    List<Callable<CompletableFuture<Void>>> starts =
        starting.stream().map(each -> (Callable<CompletableFuture<Void>>) each::start).toList();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var started : executor.invokeAll(starts)) {
        started.get().get();
      }
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException(cause == null ? e.getMessage() : cause.getMessage(), e);
    }
  }

  private static void retireAll(List<Managed> leaving, Duration atMost)
      throws InterruptedException {
    List<Callable<Void>> stops =
        leaving.stream()
            .map(each ->
                (Callable<Void>)
                    () -> {
                      each.retire(atMost);
                      return null;
                    })
            .toList();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      executor.invokeAll(stops);
    }
  }

  private static Duration stopLimit(Tier tier) {
    return switch (tier) {
      case ENTRY -> Duration.ofSeconds(2);
      case GATEWAYS, SERVICES, INFRASTRUCTURE -> Duration.ofSeconds(4);
    };
  }

  /// Asks each process under one lock, so that the last writer knows the most.
  private void writeState() {
    synchronized (writing) {
      List<StackState.Entry> entries =
          all().stream().flatMap(managed -> managed.entry().stream()).toList();
      try {
        directory.state().write(state(entries));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private synchronized StackState state(List<StackState.Entry> entries) {
    ProcessIdentity self = ProcessIdentity.of(ProcessHandle.current());
    return new StackState(self, controlPort, token, ready && !stopping, entries);
  }
}
