package dev.parley.loadbalancer;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/// How long the entry waits, and how much it holds.
///
/// @param handshake for a gateway's answer to a handshake; then another gateway is asked
/// @param connection for a free connection to a service; then another server is asked
/// @param answer for a service's answer, and between two parts of it
/// @param sessions that are open at once; more are refused
record Limits(Duration handshake, Duration connection, Duration answer, int sessions) {
  /// Files that are no session: libraries, the selectors, requests to services and their clients.
  private static final long OTHER_FILES = 1_000;

  private static final long FILES_PER_SESSION = 2;

  /// Those of a running stack. The answer's is longer than any service's own limits, which answer
  /// with a better reason. At its limit of open files an entry could not even refuse, so it refuses
  /// before.
  static Limits ofThisProcess() {
    return new Limits(
        Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(30), affordable());
  }

  private static int affordable() {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long files = system.getMaxFileDescriptorCount();
      return (int)
          Math.clamp((files - OTHER_FILES) / FILES_PER_SESSION, files / 4, Integer.MAX_VALUE);
    }
    return Integer.MAX_VALUE;
  }
}
