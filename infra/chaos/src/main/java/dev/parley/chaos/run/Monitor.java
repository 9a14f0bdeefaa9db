package dev.parley.chaos.run;

import dev.parley.chaos.client.Device;
import dev.parley.chaos.client.Ledger;
import dev.parley.chaos.report.Moments;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Looks ten times a second whether all clients are caught up: everyone is connected, has seen all
/// that anybody had seen a second ago, and waits for no answer for longer than 2 s. Those who read
/// slowly or lose their connections on purpose have 8 and 10 s, connected or not. Thread-safe.
final class Monitor implements AutoCloseable {
  private static final int LOOKS_PER_SECOND = 10;
  private static final long ANSWER = 2_000_000;
  private static final long SLOW_ANSWER = 10_000_000;
  private static final int SLOW_SECONDS = 8;

  private final List<Device> devices;
  private final Ledger ledger;
  private final LongSupplier clock;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Deque<Map<UUID, Long>> heads = new ArrayDeque<>();
  private final Moments behind = new Moments();
  private volatile String last = "";

  /// @param clock microseconds since the run began
  Monitor(List<Device> devices, Ledger ledger, LongSupplier clock) {
    this.devices = devices;
    this.ledger = ledger;
    this.clock = clock;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // It looks until this is closed.
  void start() {
    thread.scheduleAtFixedRate(this::look, 0, 1_000 / LOOKS_PER_SECOND, TimeUnit.MILLISECONDS);
  }

  /// Waits until everybody has been caught up for so long.
  ///
  /// @return whether that came true in time
  boolean awaitCalm(Duration calm, Duration atMost) throws InterruptedException {
    long began = clock.getAsLong();
    while (true) {
      long now = clock.getAsLong();
      long since = Math.max(behind.last(), began);
      if (now - since >= toMicros(calm)) {
        return true;
      }
      if (now - began > toMicros(atMost)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /// When somebody was found behind.
  Moments behind() {
    return behind;
  }

  /// Who was behind when somebody was last, and why.
  String lastReason() {
    return last;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private void look() {
    try {
      heads.addLast(ledger.heads());
      if (heads.size() > SLOW_SECONDS * LOOKS_PER_SECOND) {
        heads.removeFirst();
      }
      long now = clock.getAsLong();
      String reason = reason(now);
      if (!reason.isEmpty()) {
        last = reason;
        behind.add(now, 0);
      }
    } catch (RuntimeException e) {
      // Without this the looks would end without a word.
      last = e.toString();
    }
  }

  private String reason(long now) {
    Map<UUID, Long> slowHeads = heads.getFirst();
    Map<UUID, Long> promptHeads =
        heads.stream()
            .skip(Math.max(0, heads.size() - 1 - LOOKS_PER_SECOND))
            .findFirst()
            .orElse(slowHeads);
    for (Device device : devices) {
      boolean slow = device.habit().lags();
      if (!slow && !device.live()) {
        return device.label() + " is not connected";
      }
      if (now - device.oldestUnanswered() > (slow ? SLOW_ANSWER : ANSWER)) {
        return device.label() + " waits for an answer";
      }
      Map<UUID, Long> wanted = slow ? slowHeads : promptHeads;
      for (var seen : device.lastSeen().entrySet()) {
        long head = wanted.getOrDefault(seen.getKey(), 0L);
        if (head > seen.getValue()) {
          return "%s has %d of %d in %s"
              .formatted(device.label(), seen.getValue(), head, seen.getKey());
        }
      }
    }
    return "";
  }

  private static long toMicros(Duration duration) {
    return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
  }
}
