package dev.parley.chaos.report;

import dev.parley.chaos.fault.InjectedFault;
import dev.parley.chaos.report.Moments.Moment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How long it took until everything was well after a fault; all in microseconds.
///
/// @param firstAcknowledged from the fault's end to the next message acknowledged to anybody over a
///   WebSocket
/// @param caughtUp from the fault's end, or that of a fault that overlapped it and ended later, to
///   the last moment at which somebody was behind; 0 if everybody was caught up before
/// @param caughtUpFromBegin the same from the fault's begin; null if another fault overlapped it
/// @param longestPause the longest time, from the fault's begin on, in which nobody was
///   acknowledged anything over a WebSocket; null if another fault overlapped it
/// @param delivered how long the messages took that came to devices meanwhile; null if another
///   fault overlapped it
/// @param refused attempts to send that were answered with an error meanwhile; null if another
///   fault overlapped it
public record Recovery(
    InjectedFault fault,
    long firstAcknowledged,
    long caughtUp,
    @Nullable Long caughtUpFromBegin,
    @Nullable Long longestPause,
    @Nullable List<Long> delivered,
    @Nullable Long refused) {

  /// The recovery from one fault of a round.
  ///
  /// @param round all faults of the round, this one included
  /// @param until the end of the round
  public static Recovery of(
      InjectedFault fault, List<InjectedFault> round, Witnessed witnessed, long until) {
    long[] acknowledged = times(witnessed.acknowledged());
    long end = fault.to();
    long window = until;
    boolean alone = true;
    for (InjectedFault other : round) {
      if (other.equals(fault)) {
        continue;
      }
      if (other.from() >= fault.to()) {
        // What comes after it began is the other one's.
        window = Math.min(window, other.from());
      } else if (other.to() >= fault.from()) {
        alone = false;
        end = Math.max(end, other.to());
      }
    }
    long lastBehind = lastIn(times(witnessed.behind()), fault.from(), window);
    return new Recovery(
        fault,
        firstFrom(acknowledged, fault.to(), until) - fault.to(),
        Math.max(0, lastBehind - end),
        alone ? Math.max(0, lastBehind - fault.from()) : null,
        alone ? longestPause(acknowledged, fault.from(), window) : null,
        alone ? took(witnessed.delivered(), fault.from(), window) : null,
        alone ? (long) took(witnessed.refused(), fault.from(), window).size() : null);
  }

  private static long[] times(List<Moment> moments) {
    return moments.stream().mapToLong(Moment::time).sorted().toArray();
  }

  private static List<Long> took(List<Moment> moments, long from, long to) {
    return moments.stream()
        .filter(moment -> moment.time() >= from && moment.time() <= to)
        .map(Moment::took)
        .toList();
  }

  private static long firstFrom(long[] times, long from, long otherwise) {
    int at = Arrays.binarySearch(times, from);
    int index = at < 0 ? -at - 1 : at;
    return index < times.length ? Math.min(times[index], otherwise) : otherwise;
  }

  /// The last time in the window; its beginning if there is none.
  private static long lastIn(long[] times, long from, long to) {
    int at = Arrays.binarySearch(times, to);
    int index = at < 0 ? -at - 2 : at;
    return index >= 0 ? Math.max(from, times[index]) : from;
  }

  private static long longestPause(long[] times, long from, long to) {
    long longest = 0;
    long last = from;
    for (long time : times) {
      if (time > from && time <= to) {
        longest = Math.max(longest, time - last);
        last = time;
      }
    }
    return Math.max(longest, to - last);
  }
}
