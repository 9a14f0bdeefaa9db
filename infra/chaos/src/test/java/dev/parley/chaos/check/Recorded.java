package dev.parley.chaos.check;

import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryWriter;
import dev.parley.chaos.history.Line;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// What a simulated run left behind, before it is written: here a defect can be planted.
final class Recorded {
  final Map<String, List<Line>> histories = new LinkedHashMap<>();
  final List<Logged> log = new ArrayList<>();
  final List<Fault> faults = new ArrayList<>();
  Rest rest = Rest.UNKNOWN;

  static Recorded of(SimulatedServer server) {
    Recorded recorded = new Recorded();
    server.devices.forEach(
        device -> recorded.histories.put(device.name, new ArrayList<>(device.lines)));
    server.logs.values().forEach(recorded.log::addAll);
    return recorded;
  }

  /// The first line of a device at or after `from` that holds an entry like this.
  int find(SimulatedDevice device, int from, Predicate<Entry> like) {
    List<Line> lines = histories.get(device.name);
    for (int i = from; i < lines.size(); i++) {
      if (like.test(lines.get(i).what())) {
        return i;
      }
    }
    throw new AssertionError("no such line of " + device.name);
  }

  int find(SimulatedDevice device, Predicate<Entry> like) {
    return find(device, 0, like);
  }

  /// The line in which a device sees an event.
  int event(SimulatedDevice device, Logged row) {
    return find(device, entry -> entry.equals(SimulatedDevice.event(row)));
  }

  Entry entry(SimulatedDevice device, int line) {
    return histories.get(device.name).get(line).what();
  }

  Entry remove(SimulatedDevice device, int line) {
    return histories.get(device.name).remove(line).what();
  }

  void replace(SimulatedDevice device, int line, Entry by) {
    List<Line> lines = histories.get(device.name);
    lines.set(line, new Line(lines.get(line).at(), by));
  }

  /// Inserts entries before a line, at its time.
  void insert(SimulatedDevice device, int line, Entry... entries) {
    List<Line> lines = histories.get(device.name);
    long at = lines.get(line).at();
    for (int i = 0; i < entries.length; i++) {
      lines.add(line + i, new Line(at, entries[i]));
    }
  }

  /// Inserts entries before the end of a history.
  void atTheEnd(SimulatedDevice device, Entry... entries) {
    insert(device, histories.get(device.name).size() - 1, entries);
  }

  /// Puts a row into the place of another, in the log and wherever it was seen.
  void everywhere(Logged row, Logged by) {
    log.replaceAll(each -> each.equals(row) ? by : each);
    Push.Event seen = SimulatedDevice.event(row);
    Push.Event other = SimulatedDevice.event(by);
    UnaryOperator<Push.Event> change = event -> event.equals(seen) ? other : event;
    for (List<Line> lines : histories.values()) {
      lines.replaceAll(line -> new Line(line.at(), changed(line.what(), change)));
    }
  }

  private static Entry changed(Entry entry, UnaryOperator<Push.Event> change) {
    return switch (entry) {
      case Push.Event event -> change.apply(event);
      case Reading.Page page ->
          new Reading.Page(page.read(), page.events().stream().map(change).toList(), page.more());
      default -> entry;
    };
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
