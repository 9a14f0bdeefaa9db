package dev.parley.loadbalancer;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The servers of one destination, least busy first. Any thread.
final class Pool {
  private volatile List<Upstream> upstreams = List.of();

  /// What is connected, and to whom. The counter of the upstream includes it until
  /// [Upstream#closed()] is called.
  record Connected<T>(Upstream upstream, T connection) {}

  /// No server of the pool can be reached. An expected outcome: carries no stack trace.
  static final class NoneReachable extends RuntimeException {
    NoneReachable() {
      super("no server can be reached", null, false, false);
    }
  }

  /// A server said that it takes nobody now. An expected outcome: carries no stack trace.
  static final class Declined extends RuntimeException {
    Declined() {
      super("the server takes nobody now", null, false, false);
    }
  }

  /// Replaces the servers; those that stay keep their counts.
  void update(List<Address> addresses) {
    List<Upstream> before = upstreams;
    upstreams =
        addresses.stream()
            .map(address ->
                before.stream()
                    .filter(upstream -> upstream.address().equals(address))
                    .findFirst()
                    .orElseGet(() -> new Upstream(address)))
            .toList();
  }

  List<Upstream> upstreams() {
    return upstreams;
  }

  /// What is open to all servers together.
  int open() {
    return upstreams.stream().mapToInt(Upstream::open).sum();
  }

  /// Connects to the least busy server by `connect`, and if that fails to the next, until one
  /// answers. Fails with [NoneReachable]. Only `connect`'s failure moves on to another server, so
  /// it must fail only as long as nothing was sent that may not be sent again; with [Declined] if
  /// the server itself sends on to another.
  <T> Future<Connected<T>> connect(Function<Upstream, Future<T>> connect) {
    return connect(new ArrayList<>(), connect);
  }

  private <T> Future<Connected<T>> connect(
      List<Upstream> tried, Function<Upstream, Future<T>> connect) {
    Optional<Upstream> next = leastBusy(tried);
    if (next.isEmpty()) {
      return Future.failedFuture(new NoneReachable());
    }
    Upstream upstream = next.get();
    tried.add(upstream);
    upstream.opened();
    return connect
        .apply(upstream)
        .map(connection -> {
          upstream.answered();
          return new Connected<>(upstream, connection);
        })
        .recover(failure -> {
          upstream.closed();
          if (failure instanceof Declined) {
            upstream.answered();
            upstream.declined();
          } else {
            upstream.failed();
          }
          return connect(tried, connect);
        });
  }

  private Optional<Upstream> leastBusy(List<Upstream> tried) {
    List<Upstream> all = upstreams;
    int size = all.size();
    if (size == 0) {
      return Optional.empty();
    }
    // Equals are asked in turn from a random one on, so that an idle pool shares the work.
    int from = ThreadLocalRandom.current().nextInt(size);
    return IntStream.range(0, size)
        .mapToObj(i -> all.get((from + i) % size))
        .filter(upstream -> !tried.contains(upstream))
        .min(Comparator.comparing(Upstream::resting).thenComparingInt(Upstream::open));
  }
}
