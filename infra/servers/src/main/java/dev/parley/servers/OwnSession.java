package dev.parley.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What stands before a command so that it runs in a session of its own, under the same process id.
/// Otherwise Ctrl-C in a terminal would hit every process at once, and nothing could be stopped in
/// order.
public final class OwnSession {
  private static final List<Path> SETSID =
      List.of(Path.of("/usr/bin/setsid"), Path.of("/bin/setsid"));
  private static final Path PERL = Path.of("/usr/bin/perl");

  private OwnSession() {}

  /// May be empty, on a system that has neither `setsid` nor Perl (macOS has the latter).
  public static List<String> prefix() {
    for (Path setsid : SETSID) {
      if (Files.isExecutable(setsid)) {
        return List.of(setsid.toString());
      }
    }
    return Files.isExecutable(PERL)
        ? List.of(PERL.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV")
        : List.of();
  }
}
