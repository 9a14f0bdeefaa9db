package dev.parley.chaos.fault;

import dev.parley.chaos.proxy.Condition;
import dev.parley.chaos.schedule.PlannedFault;
import dev.parley.chaos.schedule.Topology;
import dev.parley.chaos.stack.ChaosStack;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/// Does one fault of a schedule to a stack.
public final class Injector {
  private static final Duration RESET_EVERY = Duration.ofMillis(800);
  private static final Duration LONGEST_START = Duration.ofMinutes(3);
  private static final long LOOK_MILLIS = 50;

  private final ChaosStack stack;
  private final Topology topology;
  private final LongSupplier clock;

  /// @param clock microseconds since the run began
  public Injector(ChaosStack stack, Topology topology, LongSupplier clock) {
    this.stack = stack;
    this.topology = topology;
    this.clock = clock;
  }

  /// Breaks it, waits for as long as it lasts, takes it back, and waits until the processes
  /// concerned say that they are ready.
  ///
  /// @return from when to when it was broken
  /// @throws IOException if it could not be done, or a process did not come back
  public InjectedFault inject(PlannedFault fault) throws IOException, InterruptedException {
    long from = clock.getAsLong();
    switch (fault.kind()) {
      case KILL -> {
        long killed = stack.kill(fault.target());
        await(fault.target(), () -> stack.isReadyAgain(fault.target(), killed));
      }
      case TERM -> stack.restart(fault.target());
      case STOP -> {
        stack.pause(fault.target());
        try {
          sleep(fault.lasts());
        } finally {
          stack.resume(fault.target());
        }
      }
      case CUT -> link(fault, new Condition.Cut());
      case RESET -> link(fault, new Condition.Resets(RESET_EVERY));
      case DELAY -> link(fault, new Condition.Slow(Duration.ofMillis(fault.amount())));
      case HALF_OPEN -> link(fault, new Condition.HalfOpen());
      case DRIP -> link(fault, new Condition.Drip(fault.amount()));
      case FLUSH_REDIS -> stack.flushRedis();
      case DISK_FULL -> {
        stack.fillDisk();
        try {
          sleep(fault.lasts());
        } finally {
          stack.freeDisk();
        }
        await(Topology.POSTGRES, () -> stack.isReady(Topology.POSTGRES));
      }
      case ROLLING_GATEWAYS, ROLLING_MESSAGES, ROLLING_BROKERS -> {
        for (String process : topology.all(fault.target())) {
          stack.restart(process);
        }
      }
      case REBALANCE -> new Rebalancer(stack.bootstrapServers()).disturb(fault.lasts());
    }
    return new InjectedFault(fault.kind(), fault.target(), from, clock.getAsLong());
  }

  private void link(PlannedFault fault, Condition condition) throws InterruptedException {
    stack.put(fault.target(), condition);
    try {
      sleep(fault.lasts());
    } finally {
      stack.put(fault.target(), Condition.WHOLE);
    }
  }

  private static void await(String process, BooleanSupplier back)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!back.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new IOException(process + " did not come back within " + LONGEST_START);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
