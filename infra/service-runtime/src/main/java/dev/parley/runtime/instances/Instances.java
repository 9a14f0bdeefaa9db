package dev.parley.runtime.instances;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The addresses of one service's instances. One of them is asked until it cannot be reached, then
/// the next. Where one address stands for all instances (a load balancer, a name with several
/// addresses) the list has just that. Thread-safe.
public final class Instances {
  private final List<URI> all;
  private final AtomicInteger current = new AtomicInteger();

  /// @param all base URLs, at least one; the first is asked first
  public Instances(List<URI> all) {
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a service needs at least one address");
    }
    this.all = List.copyOf(all);
  }

  /// The one to ask now.
  public URI current() {
    return all.get(current.get());
  }

  /// How many there are.
  public int count() {
    return all.size();
  }

  /// `instance` could not be reached: the next one is asked from now on, unless somebody has found
  /// that out before.
  public void unreachable(URI instance) {
    int before = current.get();
    if (all.get(before).equals(instance)) {
      current.compareAndSet(before, (before + 1) % all.size());
    }
  }
}
