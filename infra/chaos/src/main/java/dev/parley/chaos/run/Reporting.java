package dev.parley.chaos.run;

import dev.parley.chaos.check.Invariant;
import dev.parley.chaos.check.Rest;
import dev.parley.chaos.check.Verdict;
import dev.parley.chaos.report.Recovery;
import dev.parley.chaos.report.RunReport;
import dev.parley.chaos.report.Spread;
import dev.parley.chaos.schedule.FaultKind;
import dev.parley.chaos.schedule.Topology;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Puts together what a run has to say.
final class Reporting {
  private final Options options;
  private final Instant began;
  private final Topology topology;

  Reporting(Options options, Instant began, Topology topology) {
    this.options = options;
    this.began = began;
    this.topology = topology;
  }

  RunReport report(
      Siege siege, Rest rest, Verdict verdict, int acknowledged, long seconds, Path directory) {
    Map<String, Integer> faults = new LinkedHashMap<>();
    Map<String, RunReport.KindReport> recovery = new LinkedHashMap<>();
    for (FaultKind kind : FaultKind.values()) {
      List<Recovery> of =
          siege.recoveries().stream().filter(each -> each.fault().kind() == kind).toList();
      if (!of.isEmpty()) {
        faults.put(kind.text(), of.size());
        recovery.put(kind.text(), kind(of));
      }
    }
    Map<String, Integer> violations = new LinkedHashMap<>();
    for (Invariant invariant : Invariant.values()) {
      violations.put(invariant.name(), verdict.counts().getOrDefault(invariant, 0));
    }
    return new RunReport(
        options.seed(),
        began.toString(),
        seconds,
        topology.text(),
        topology.brokers(),
        topology.gateways(),
        options.clients(),
        faults,
        skipped(),
        siege.failed(),
        acknowledged,
        violations,
        recovery,
        memories(rest),
        verdict.tally(),
        siege.recoveries().stream().map(Reporting::fault).toList(),
        options.replay(),
        options.keep() || !verdict.good() || !siege.failed().isEmpty()
            ? directory.toString()
            : null);
  }

  private List<String> skipped() {
    List<String> skipped = new ArrayList<>();
    for (FaultKind kind : options.kinds()) {
      if (topology.targets(kind).isEmpty()) {
        skipped.add(
            switch (kind) {
              case DISK_FULL -> "disk-full: this machine does not let us mount a small disk";
              case ROLLING_BROKERS -> "rolling-brokers: needs --brokers 3";
              default -> kind.text();
            });
      }
    }
    return skipped;
  }

  private static Map<String, RunReport.MemoryReport> memories(Rest rest) {
    Map<String, RunReport.MemoryReport> memories = new TreeMap<>();
    for (Rest.Memory memory : rest.memories()) {
      memories.put(memory.process(), new RunReport.MemoryReport(memory.bytes(), memory.allowed()));
    }
    return memories;
  }

  private static RunReport.KindReport kind(List<Recovery> of) {
    return new RunReport.KindReport(
        Spread.of(of.stream().map(Recovery::firstAcknowledged).toList()),
        Spread.of(of.stream().map(Recovery::caughtUp).toList()),
        Spread.of(of.stream().map(Recovery::caughtUpFromBegin).filter(Objects::nonNull).toList()),
        Spread.of(of.stream().map(Recovery::longestPause).filter(Objects::nonNull).toList()),
        Spread.of(
            of.stream()
                .map(Recovery::delivered)
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .toList()),
        of.stream()
            .map(Recovery::refused)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .sum());
  }

  private static RunReport.FaultReport fault(Recovery recovery) {
    var fault = recovery.fault();
    return new RunReport.FaultReport(
        fault.kind().text(),
        fault.target(),
        fault.from() / 1e6,
        fault.to() / 1e6,
        recovery.caughtUp() / 1e6);
  }
}
