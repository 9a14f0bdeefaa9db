package dev.parley.chaos.check;

import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryWriter;
import dev.parley.chaos.history.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// What a simulated run left behind, before it is written: here a defect can be planted.
final class Recorded {
  final Map<String, List<Line>> histories = new LinkedHashMap<>();
  final List<Logged> log = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();
  Rest rest = Rest.UNKNOWN;

  static Recorded of(SimulatedServer server) {
    Recorded recorded = new Recorded();
    server.devices.forEach(device ->
        recorded.histories.put(device.name, new ArrayList<>(device.lines)));
    server.logs.values().forEach(recorded.log::addAll);
    return recorded;
  }

  /// Writes the files into a new directory and has them judged.
  Verdict judge(Path parent) throws IOException {
    Path directory = Files.createTempDirectory(parent, "run");
    List<Path> files = new ArrayList<>();
    for (Map.Entry<String, List<Line>> history : histories.entrySet()) {
      Path file = directory.resolve(history.getKey() + ".jsonl");
      List<Line> lines = history.getValue();
      AtomicLong at = new AtomicLong(lines.getFirst().at());
      Entry.Device device = (Entry.Device) lines.getFirst().what();
      try (HistoryWriter writer = new HistoryWriter(file, at::get, device)) {
        for (Line line : lines.subList(1, lines.size())) {
          at.set(line.at());
          writer.write(line.what());
        }
      }
      files.add(file);
    }
    return Checker.check(
        new Evidence(files, List.copyOf(log), faults, rest, "./parley chaos --seed 7"));
  }
}
