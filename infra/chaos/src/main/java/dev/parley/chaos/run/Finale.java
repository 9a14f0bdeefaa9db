package dev.parley.chaos.run;

import dev.parley.chaos.check.Logged;
import dev.parley.chaos.check.Rest;
import dev.parley.chaos.client.Api;
import dev.parley.chaos.client.Device;
import dev.parley.chaos.schedule.Topology;
import dev.parley.chaos.stack.ChaosStack;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// What happens when all faults are over: everybody catches up and is compared with what Parley
/// says of them, and everything comes to rest, or what does not is named.
final class Finale {
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Duration DRAIN = Duration.ofSeconds(45);
  private static final Duration PRESENCE = Duration.ofSeconds(30);

  /// Closed by the gateway after 60 s of silence, which it notices within 25 s.
  private static final Duration SESSIONS = Duration.ofSeconds(100);

  private final ChaosStack stack;
  private final Topology topology;
  private final List<Device> devices;
  private final Api api;
  private final List<String> stuck = new ArrayList<>();

  Finale(ChaosStack stack, Topology topology, List<Device> devices, Api api) {
    this.stack = stack;
    this.topology = topology;
    this.devices = devices;
    this.api = api;
  }

  /// What was found.
  record Found(Rest rest, List<Logged> log) {}

  Found play(List<String> before)
      throws SQLException, InterruptedException, ExecutionException, IOException {
    stuck.addAll(before);
    awaitReady();
    try (Database database = new Database(stack.database())) {
      awaitSettled(database);
      List<Rest.Lag> lags = lags(database);
      Map<UUID, List<UUID>> members = database.members();
      Presences presences = new Presences(api, devices, members);
      List<Rest.Presence> found = new ArrayList<>(presences.compare(device -> true, PRESENCE));
      awaitSessions(devices.size());
      List<Rest.Memory> memories = memories();
      List<Logged> log = database.log();
      finish(devices.stream().filter(device -> device.label().endsWith("b")).toList());
      List<Device> first = devices.stream().filter(Finale::goesFirst).toList();
      finish(first);
      found.addAll(presences.compare(device -> !goesFirst(device), PRESENCE));
      finish(devices.stream().filter(device -> !goesFirst(device)).toList());
      awaitSessions(0);
      return new Found(new Rest(lags, found, memories, stuck), log);
    }
  }

  private static boolean goesFirst(Device device) {
    return device.account().username().hashCode() % 2 == 0;
  }

  private static void finish(List<Device> leaving) {
    CompletableFuture.allOf(leaving.stream().map(Device::finish).toArray(CompletableFuture[]::new))
        .join();
  }

  private void awaitReady() throws InterruptedException {
    for (String process : topology.processes()) {
      if (!within(SETTLE, () -> stack.isReady(process))) {
        stuck.add(process + " is not ready");
      }
    }
  }

  private void awaitSettled(Database database) throws InterruptedException, SQLException {
    within(SETTLE, () -> devices.stream().allMatch(each -> each.live() && each.isIdle()));
    Map<UUID, Long> heads = database.heads();
    within(SETTLE, () -> devices.stream().allMatch(each -> hasAll(each, heads)));
    for (Device device : devices) {
      if (!device.live()) {
        stuck.add(device.label() + " could not connect");
      } else if (!device.isIdle()) {
        stuck.add(device.label() + " waits for answers");
      } else if (!hasAll(device, heads)) {
        stuck.add(device.label() + " has not caught up");
      }
    }
  }

  private static boolean hasAll(Device device, Map<UUID, Long> heads) {
    return device.lastSeen().entrySet().stream()
        .allMatch(seen -> seen.getValue() >= heads.getOrDefault(seen.getKey(), 0L));
  }

  private List<Rest.Lag> lags(Database database)
      throws SQLException, InterruptedException, ExecutionException {
    Lags kafka = new Lags(stack.bootstrapServers());
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (true) {
      List<Rest.Lag> lags = new ArrayList<>(kafka.read());
      lags.add(new Rest.Lag("outbox", database.outbox()));
      lags.add(new Rest.Lag("events applied and not handed on", database.undelivered()));
      if (lags.stream().allMatch(lag -> lag.records() == 0) || System.nanoTime() > deadline) {
        return lags;
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private void awaitSessions(int expected) throws InterruptedException {
    if (!within(SESSIONS, () -> sessions() == expected)) {
      stuck.add("the gateways count %d sessions, of %d".formatted(sessions(), expected));
    }
  }

  private long sessions() {
    long all = 0;
    try (HttpClient http = HttpClient.newHttpClient()) {
      for (String gateway : topology.all(Topology.GATEWAY)) {
        HttpRequest request =
            HttpRequest.newBuilder(stack.metrics(gateway)).timeout(Duration.ofSeconds(5)).build();
        all +=
            http.send(request, BodyHandlers.ofString())
                .body()
                .lines()
                .filter(line ->
                    line.startsWith("parley_gateway_sessions{")
                        || line.startsWith("parley_gateway_sessions "))
                .mapToLong(
                    line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
      }
      return all;
    } catch (IOException e) {
      return -1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  private List<Rest.Memory> memories() {
    return stack.processes().values().stream()
        .map(report -> new Rest.Memory(report.name(), report.rssBytes(), allowed(report)))
        .toList();
  }

  /// The heap of a JVM as the stack sets it, and what a JVM needs besides.
  private static long allowed(ProcessReport report) {
    long mebibytes =
        switch (Topology.kind(report.name())) {
          case Topology.KAFKA -> 384 + 300;
          case Topology.MESSAGES -> 320 + 300;
          case Topology.POSTGRES -> 600;
          case Topology.REDIS -> 100;
          default -> 256 + 300;
        };
    return mebibytes << 20;
  }

  private static boolean within(Duration time, BooleanSupplier holds) throws InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return true;
  }
}
