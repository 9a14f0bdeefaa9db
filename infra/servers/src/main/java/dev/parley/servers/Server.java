package dev.parley.servers;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One server that runs as a process of its own: how it is prepared, started, asked and stopped.
///
/// The command must end in the server itself (by `exec` if need be), so that the process id is the
/// server's.
public interface Server {
  /// The name by which people and logs call it, such as `kafka-1`.
  String name();

  /// Makes what must be there before the first start (data directory, configuration file). May take
  /// seconds; does nothing that was done before.
  ///
  /// @throws IOException if that cannot be made; the message says why
  void prepare() throws IOException;

  /// The command line, the executable first.
  List<String> command();

  /// Variables that are added to this process's environment.
  default Map<String, String> environment() {
    return Map.of();
  }

  /// Asks the server over its port whether it serves. Blocks for two seconds at most; never throws.
  boolean ready();

  /// What it says it still waits for, if it can say so. Blocks for two seconds at most; never
  /// throws.
  default Optional<String> waitsFor() {
    return Optional.empty();
  }

  /// Whether it was asked, not by us, to end as soon as its clients have gone, and takes no new
  /// ones meanwhile. Blocks for next to nothing; never throws.
  default boolean lingers() {
    return false;
  }

  /// The signal that makes it end in order, without `SIG`.
  default String stopSignal() {
    return "TERM";
  }
}
