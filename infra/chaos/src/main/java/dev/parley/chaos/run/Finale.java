package dev.parley.chaos.run;

import dev.parley.chaos.check.Logged;
import dev.parley.chaos.check.Rest;
import dev.parley.chaos.client.Api;
import dev.parley.chaos.client.Device;
import dev.parley.chaos.stack.Stack;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/// What happens when all faults are over: everybody catches up and is compared with what Parley
/// says of them, and everything comes to rest, or what does not is named.
final class Finale {
  private static final Duration SETTLE = Duration.ofSeconds(90);
  private static final Duration DRAIN = Duration.ofSeconds(45);
  private static final Duration PRESENCE = Duration.ofSeconds(30);

  /// Closed by the gateway after 60 s of silence, which it notices within 25 s.
  private static final Duration SESSIONS = Duration.ofSeconds(100);

  private final Stack stack;
  private final Set<UUID> before;
  private final List<Device> devices;
  private final Api api;
  private final List<String> stuck = new ArrayList<>();

  /// @param before conversations that there were before this run, which are none of its business
  Finale(Stack stack, Set<UUID> before, List<Device> devices, Api api) {
    this.stack = stack;
    this.before = before;
    this.devices = devices;
    this.api = api;
  }

  private interface Question {
    boolean holds() throws IOException, InterruptedException;
  }

  /// What was found.
  record Found(Rest rest, List<Logged> log) {}

  /// @param earlier what did not end or come back before
  Found play(List<String> earlier)
      throws SQLException, InterruptedException, ExecutionException, IOException {
    stuck.addAll(earlier);
    awaitReady();
    try (Database database = new Database(stack.database())) {
      awaitSettled(database);
      List<Rest.Lag> lags = lags(database);
      Map<UUID, List<UUID>> members = database.members();
      Presences presences = new Presences(api, devices, members);
      List<Rest.Presence> found = new ArrayList<>(presences.compare(device -> true, PRESENCE));
      awaitSessions(devices.size());
      List<Rest.Memory> memories = stack.memories();
      List<Logged> log = database.log();
      log.removeIf(row -> before.contains(row.conversation()));
      finish(devices.stream().filter(device -> device.label().endsWith("b")).toList());
      List<Device> first = devices.stream().filter(Finale::goesFirst).toList();
      finish(first);
      found.addAll(presences.compare(device -> !goesFirst(device), PRESENCE));
      finish(devices.stream().filter(device -> !goesFirst(device)).toList());
      awaitSessions(0);
      stuck.addAll(stack.crashes());
      return new Found(new Rest(lags, found, memories, stuck), log);
    }
  }

  private static boolean goesFirst(Device device) {
    return device.label().replaceFirst("-[ab]$", "").hashCode() % 2 == 0;
  }

  private static void finish(List<Device> leaving) {
    CompletableFuture.allOf(leaving.stream().map(Device::finish).toArray(CompletableFuture[]::new))
        .join();
  }

  private void awaitReady() throws IOException, InterruptedException {
    for (String process : stack.topology().processes()) {
      if (!within(SETTLE, () -> stack.isReady(process))) {
        stuck.add(process + " is not ready");
      }
    }
  }

  private void awaitSettled(Database database)
      throws IOException, InterruptedException, SQLException {
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
      throws SQLException, IOException, InterruptedException {
    long deadline = System.nanoTime() + DRAIN.toNanos();
    while (true) {
      boolean late = System.nanoTime() > deadline;
      try {
        List<Rest.Lag> lags = new ArrayList<>(stack.lags());
        lags.add(new Rest.Lag("outbox", database.outbox()));
        lags.add(new Rest.Lag("events applied and not handed on", database.undelivered()));
        if (late || lags.stream().allMatch(lag -> lag.records() == 0)) {
          return lags;
        }
      } catch (IOException e) {
        if (late) {
          throw e;
        }
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  private void awaitSessions(int expected) throws IOException, InterruptedException {
    if (!within(SESSIONS, () -> sessions() == expected)) {
      stuck.add("the gateways count %d sessions, of %d".formatted(sessions(), expected));
    }
  }

  private long sessions() throws InterruptedException {
    try {
      return stack.sessions();
    } catch (IOException e) {
      return -1;
    }
  }

  private static boolean within(Duration time, Question question)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + time.toNanos();
    while (!question.holds()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    return true;
  }
}
