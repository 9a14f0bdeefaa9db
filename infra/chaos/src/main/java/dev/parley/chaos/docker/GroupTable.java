package dev.parley.chaos.docker;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// What `kafka-consumer-groups.sh --describe` writes.
public final class GroupTable {
  private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
  private static final Pattern SPACES = Pattern.compile("\\s+");

  private GroupTable() {}

  /// Reads how many records wait for each group, over all its partitions; those of which the group
  /// has never told a position do not count.
  ///
  /// @throws IOException if it is no such table
  public static Map<String, Long> lags(String table) throws IOException {
    Map<String, Long> lags = new TreeMap<>();
    List<String> header = List.of();
    for (String line : table.lines().map(String::strip).toList()) {
      List<String> cells = List.of(SPACES.split(line));
      if (cells.getFirst().equals("GROUP")) {
        header = cells;
      } else if (line.isEmpty()) {
        header = List.of();
      } else if (!header.isEmpty()) {
        // Whatever else is said stands before a header.
        lags.merge(cell(header, cells, "GROUP"), lag(cell(header, cells, "LAG")), Long::sum);
      }
    }
    return lags;
  }

  private static String cell(List<String> header, List<String> cells, String name)
      throws IOException {
    int column = header.indexOf(name);
    if (column < 0 || column >= cells.size()) {
      throw new IOException("no " + name + " in " + header + " of " + cells);
    }
    return cells.get(column);
  }

  private static long lag(String cell) throws IOException {
    if (cell.equals("-")) {
      return 0;
    }
    if (!NUMBER.matcher(cell).matches()) {
      throw new IOException("a lag of " + cell);
    }
    return Long.parseLong(cell);
  }
}
