package dev.parley.chaos.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One run, as it is appended to the file of results.
///
/// @param seed of the schedule
/// @param began RFC 3339, UTC
/// @param seconds from the first fault to the last recovery
/// @param stack what was broken, in words
/// @param faults how many of each kind
/// @param skipped kinds that this machine or topology does not have, and why
/// @param failed faults that could not be done, and why
/// @param acknowledged messages, each once
/// @param violations by invariant, all of them named
/// @param recovery by kind
/// @param memories what each process held at the end
/// @param tally what the checker looked at
/// @param kept where histories and logs are, if they were kept
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunReport(
    long seed,
    String began,
    long seconds,
    String stack,
    int brokers,
    int gateways,
    int clients,
    Map<String, Integer> faults,
    List<String> skipped,
    List<String> failed,
    int acknowledged,
    Map<String, Integer> violations,
    Map<String, KindReport> recovery,
    Map<String, MemoryReport> memories,
    Object tally,
    List<FaultReport> schedule,
    String replay,
    @Nullable String kept) {

  /// Times of one kind of fault, in milliseconds.
  ///
  /// @param firstAcknowledged from a fault's end to the next acknowledged message
  /// @param caughtUp from the end to all clients caught up
  /// @param caughtUpFromBegin from the begin, for faults that no other one overlapped
  /// @param longestPause without any message acknowledged over a WebSocket, for the same
  /// @param delivered from a message's first attempt to each device that is always connected and
  ///   reads at once, until all were caught up, for the same
  /// @param refused attempts to send that were answered with an error, for the same
  public record KindReport(
      Spread firstAcknowledged,
      Spread caughtUp,
      Spread caughtUpFromBegin,
      Spread longestPause,
      Spread delivered,
      long refused) {}

  /// One fault as it was done; seconds since the run began.
  public record FaultReport(String kind, String target, double from, double to, double caughtUp) {}

  /// Memory of one process, and the most that it might have held; bytes.
  public record MemoryReport(long bytes, long allowed) {}

  /// The number of violations.
  public int total() {
    return violations.values().stream().mapToInt(Integer::intValue).sum();
  }
}
