package dev.parley.chaos.docker;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a container holds, without files that the system could give back at once.
///
/// @param bytes it holds
/// @param limit of the container
public record MemoryUse(long bytes, long limit) {
  /// What `docker stats` is told to write of each.
  static final String FORMAT = "{{.ID}} {{.MemUsage}}";

  private static final Pattern LINE =
      Pattern.compile("(\\S+) ([\\d.]+)([KMGT]?i?B) / ([\\d.]+)([KMGT]?i?B)");

  /// Reads what `docker stats` wrote, by id.
  ///
  /// @throws IOException if it is something else
  static Map<String, MemoryUse> parse(String listed) throws IOException {
    Map<String, MemoryUse> uses = new TreeMap<>();
    for (String line : listed.lines().toList()) {
      Matcher found = LINE.matcher(line.strip());
      if (!found.matches()) {
        throw new IOException("docker stats wrote " + line);
      }
      uses.put(
          found.group(1),
          new MemoryUse(
              bytes(found.group(2), found.group(3)), bytes(found.group(4), found.group(5))));
    }
    return uses;
  }

  private static long bytes(String number, String unit) {
    int power =
        switch (unit.charAt(0)) {
          case 'K' -> 10;
          case 'M' -> 20;
          case 'G' -> 30;
          case 'T' -> 40;
          default -> 0;
        };
    return (long) (Double.parseDouble(number) * (1L << power));
  }
}
