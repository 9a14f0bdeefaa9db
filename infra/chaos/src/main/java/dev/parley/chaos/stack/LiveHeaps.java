package dev.parley.chaos.stack;

import dev.parley.chaos.check.Rest;
import dev.parley.chaos.schedule.Topology;
import dev.parley.stack.supervisor.ProcessReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the objects of each JVM take that are still in use, at the end against the beginning: what
/// is left over from every fault or message grows, however large the heap may be. Not thread-safe.
final class LiveHeaps {
  /// Caches that fill and code that is run for the first time.
  static final long GROWTH = 24L << 20;

  private static final Set<String> OTHERS = Set.of(Topology.POSTGRES, Topology.REDIS);
  private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");

  /// By kind of process: they start again, and have sessions or partitions of one another then.
  private final Map<String, Long> before = new HashMap<>();

  /// Takes the measures of the beginning.
  void begin(Collection<ProcessReport> processes) throws IOException, InterruptedException {
    for (ProcessReport process : processes) {
      if (isJvm(process)) {
        before.merge(Topology.kind(process.name()), of(process.pid()), Math::max);
      }
    }
  }

  /// What they hold now, and may; nothing if there was no beginning.
  List<Rest.Memory> now(Collection<ProcessReport> processes)
      throws IOException, InterruptedException {
    List<Rest.Memory> memories = new ArrayList<>();
    for (ProcessReport process : processes) {
      Long then = before.get(Topology.kind(process.name()));
      if (then != null) {
        memories.add(
            new Rest.Memory(
                process.name() + " (objects in use)", of(process.pid()), then + GROWTH));
      }
    }
    return memories;
  }

  /// Bytes of the objects in use of a JVM of this user, after a collection of all others.
  ///
  /// @throws IOException if it does not tell
  static long of(long pid) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    // Not through a pipe: a JVM that looks at itself stands still until all of it is read.
    Path answer = Files.createTempFile("histogram", ".txt");
    try {
      int exit =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
              .redirectErrorStream(true)
              .redirectOutput(answer.toFile())
              .start()
              .waitFor();
      String text = Files.readString(answer);
      Matcher total = TOTAL.matcher(text);
      if (exit != 0 || !total.find()) {
        throw new IOException("jcmd says of " + pid + ": " + text.lines().findFirst().orElse(""));
      }
      return Long.parseLong(total.group(1));
    } finally {
      Files.delete(answer);
    }
  }

  private static boolean isJvm(ProcessReport process) {
    return !OTHERS.contains(Topology.kind(process.name()));
  }
}
