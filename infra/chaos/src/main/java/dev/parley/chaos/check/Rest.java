package dev.parley.chaos.check;

import java.util.List;

/// What was found when all faults had ended, all clients had caught up, and the time to come to
/// rest had passed.
///
/// @param lags of consumers and of what waits to be redistributed
/// @param presences the users compared
/// @param memories of the processes that still are those of the beginning
/// @param stuck what did not end, or did not come back: sessions, processes, clients; one sentence
///   each
public record Rest(
    List<Lag> lags, List<Presence> presences, List<Memory> memories, List<String> stuck) {
  /// Nothing was found, and nothing was looked at.
  public static final Rest UNKNOWN = new Rest(List.of(), List.of(), List.of(), List.of());

  /// Records that wait somewhere.
  ///
  /// @param of for example `consumer group messages` or `outbox`
  /// @param records that wait; none may
  public record Lag(String of, long records) {}

  /// What was told of somebody, against the truth.
  ///
  /// @param user whose presence was asked for
  /// @param expected by the sessions that the harness holds, for example `online`
  /// @param told by Parley
  public record Presence(String user, String expected, String told) {}

  /// Live heap or resident bytes of a process.
  ///
  /// @param allowed the most that it may be
  public record Memory(String process, long bytes, long allowed) {}
}
