package dev.parley.loadbalancer;

import io.vertx.core.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// One server behind the entry: what is open to it now and whether it could be reached lately. Any
/// thread.
final class Upstream {
  /// A server that could not be reached is asked again after this, doubled with every failure in a
  /// row up to [#LONGEST_REST_NANOS], or sooner if no other is left.
  private static final long REST_NANOS = 1_000_000_000L;

  private static final long LONGEST_REST_NANOS = 16 * REST_NANOS;
  private static final int DOUBLINGS = 4;

  private final Address address;
  private final AtomicInteger open = new AtomicInteger();
  private final LongAdder unreachable = new LongAdder();
  private final AtomicInteger failures = new AtomicInteger();
  private volatile long restsUntil = System.nanoTime();

  Upstream(Address address) {
    this.address = address;
  }

  Address address() {
    return address;
  }

  SocketAddress socket() {
    return SocketAddress.inetSocketAddress(address.port(), address.host());
  }

  /// Connections (gateways) or requests (services) that are open now.
  int open() {
    return open.get();
  }

  /// How often it could not be reached.
  long unreachable() {
    return unreachable.sum();
  }

  boolean resting() {
    return System.nanoTime() - restsUntil < 0;
  }

  /// One more is about to be opened. A server that failed last is asked by one only, until it is
  /// known whether it answers again.
  void opened() {
    open.incrementAndGet();
    if (failures.get() > 0) {
      restsUntil = System.nanoTime() + LONGEST_REST_NANOS;
    }
  }

  void answered() {
    if (failures.getAndSet(0) > 0) {
      restsUntil = System.nanoTime();
    }
  }

  void closed() {
    open.decrementAndGet();
  }

  /// It is there, but takes nobody now: it stops or has too much to do.
  void declined() {
    restsUntil = System.nanoTime() + REST_NANOS;
  }

  void failed() {
    unreachable.increment();
    int before = failures.getAndIncrement();
    restsUntil = System.nanoTime() + (REST_NANOS << Math.min(before, DOUBLINGS));
  }
}
