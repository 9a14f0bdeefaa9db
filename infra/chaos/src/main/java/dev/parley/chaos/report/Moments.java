package dev.parley.chaos.report;

import java.util.ArrayList;
import java.util.List;

/// When something happened again and again, and how long it took. Thread-safe.
public final class Moments {
  private final List<Moment> all = new ArrayList<>();

  /// One of them.
  ///
  /// @param time microseconds since the run began
  /// @param took microseconds; 0 if it takes no time
  public record Moment(long time, long took) {}

  /// It happens now.
  public synchronized void add(long time, long took) {
    all.add(new Moment(time, took));
  }

  /// In the order in which they were added, which is that of time but for what several threads
  /// added at once.
  public synchronized List<Moment> seen() {
    return List.copyOf(all);
  }

  /// When it happened last; 0 if it has not yet.
  public synchronized long last() {
    return all.isEmpty() ? 0 : all.getLast().time();
  }

  /// How often it has happened.
  public synchronized int count() {
    return all.size();
  }
}
