package dev.parley.stack.data;

import dev.parley.servers.ProcessIdentity;
import java.util.List;

/// What `state.json` says of a running stack, so that other commands, and whoever finds the remains
/// of a killed supervisor, know its processes.
///
/// @param supervisor the process that watches the others
/// @param controlPort where it takes commands, on loopback
/// @param token what a command must show
/// @param ready whether the start is over
/// @param processes in the order of their start
public record StackState(
    ProcessIdentity supervisor,
    int controlPort,
    String token,
    boolean ready,
    List<Entry> processes) {

  public StackState {
    processes = List.copyOf(processes);
  }

  /// One process of the stack.
  ///
  /// @param port where it serves
  /// @param stopSignal what makes it end in order, without `SIG`
  public record Entry(String name, ProcessIdentity identity, int port, String stopSignal) {}
}
