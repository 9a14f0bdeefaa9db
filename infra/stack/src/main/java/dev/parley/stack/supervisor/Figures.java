package dev.parley.stack.supervisor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/// What processes use of the machine, children included.
public final class Figures {
  private Figures() {}

  /// Resident memory in bytes, with shared pages counted once: PostgreSQL's children all map the
  /// same buffers. 0 if it has ended.
  public static long residentBytes(ProcessHandle process) {
    List<ProcessHandle> children = process.descendants().toList();
    if (children.isEmpty()) {
      return residentBytesAlone(process);
    }
    return family(process).mapToLong(each -> kibibytes(each.pid(), "smaps_rollup", "Pss:")).sum()
        * 1024;
  }

  /// Resident memory in bytes without that of its children.
  public static long residentBytesAlone(ProcessHandle process) {
    return kibibytes(process.pid(), "status", "VmRSS:") * 1024;
  }

  /// Processor time used so far.
  public static Duration processorTime(ProcessHandle process) {
    return family(process)
        .flatMap(each -> each.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static Stream<ProcessHandle> family(ProcessHandle process) {
    return Stream.concat(Stream.of(process), process.descendants());
  }

  private static long kibibytes(long pid, String file, String key) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
      return lines
          .filter(line -> line.startsWith(key))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (NoSuchFileException notLinuxOrEnded) {
      return psKibibytes(pid);
    } catch (IOException ended) {
      return 0;
    }
  }

  private static long psKibibytes(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      String text = new String(ps.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      return text.isBlank() ? 0 : Long.parseLong(text.strip());
    } catch (IOException noPs) {
      return 0;
    }
  }
}
