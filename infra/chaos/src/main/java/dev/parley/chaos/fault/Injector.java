package dev.parley.chaos.fault;

import dev.parley.chaos.proxy.Condition;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.chaos.schedule.PlannedFault;
import dev.parley.chaos.schedule.Topology;
import dev.parley.chaos.stack.ChaosStack;
import dev.parley.chaos.stack.ContainerStack;
import dev.parley.chaos.stack.Stack;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Does one fault of a schedule to a stack.
public final class Injector {
  private static final Duration RESET_EVERY = Duration.ofMillis(800);
  private static final Duration LONGEST_START = Duration.ofMinutes(3);

  private final Stack stack;
  private final LongSupplier clock;

  /// @param clock microseconds since the run began
  public Injector(Stack stack, LongSupplier clock) {
    this.stack = stack;
    this.clock = clock;
  }

  private interface Question {
    boolean holds() throws IOException, InterruptedException;
  }

  /// Breaks it, waits for as long as it lasts, takes it back, and waits until the processes
  /// concerned say that they are ready.
  ///
  /// @return from when to when it was broken
  /// @throws NotBackException if a process did not come back
  /// @throws IOException if it could not be done
  public InjectedFault inject(PlannedFault fault) throws IOException, InterruptedException {
    long from = clock.getAsLong();
    if (fault.kind() == FaultKind.KILL) {
      long killed = stack.kill(fault.target());
      await(fault.target(), () -> stack.isReadyAgain(fault.target(), killed));
    } else {
      switch (stack) {
        case ChaosStack own -> inject(fault, own);
        case ContainerStack containers ->
            throw new IOException("containers can be killed and nothing else");
      }
    }
    return new InjectedFault(fault.kind(), fault.target(), from, clock.getAsLong());
  }

  private void inject(PlannedFault fault, ChaosStack own) throws IOException, InterruptedException {
    switch (fault.kind()) {
      case KILL -> throw new IllegalArgumentException(fault.toString());
      case TERM -> restart(own, fault.target());
      case STOP -> {
        own.pause(fault.target());
        try {
          sleep(fault.lasts());
        } finally {
          own.resume(fault.target());
        }
      }
      case CUT -> link(own, fault, new Condition.Cut());
      case RESET -> link(own, fault, new Condition.Resets(RESET_EVERY));
      case DELAY -> link(own, fault, new Condition.Slow(Duration.ofMillis(fault.amount())));
      case HALF_OPEN -> link(own, fault, new Condition.HalfOpen());
      case DRIP -> link(own, fault, new Condition.Drip(fault.amount()));
      case FLUSH_REDIS -> own.flushRedis();
      case DISK_FULL -> {
        own.fillDisk();
        try {
          sleep(fault.lasts());
        } finally {
          own.freeDisk();
        }
        await(Topology.POSTGRES, () -> own.isReady(Topology.POSTGRES));
      }
      case ROLLING_GATEWAYS, ROLLING_MESSAGES, ROLLING_BROKERS -> {
        for (String process : own.topology().all(fault.target())) {
          restart(own, process);
        }
      }
      case REBALANCE -> new Rebalancer(own.bootstrapServers()).disturb(fault.lasts());
    }
  }

  private static void restart(ChaosStack own, String process)
      throws IOException, InterruptedException {
    try {
      own.restart(process);
    } catch (IOException e) {
      throw new NotBackException(process + " did not come back: " + e.getMessage(), e);
    }
  }

  private static void link(ChaosStack own, PlannedFault fault, Condition condition)
      throws InterruptedException {
    own.put(fault.target(), condition);
    try {
      sleep(fault.lasts());
    } finally {
      own.put(fault.target(), Condition.WHOLE);
    }
  }

  private void await(String process, Question back) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + LONGEST_START.toNanos();
    while (!back.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new NotBackException(process + " did not come back within " + LONGEST_START, null);
      }
      sleep(stack.pace());
    }
  }

  private static void sleep(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
