package dev.parley.system;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The SQL statements that the message-services had executed in a span of time, as PostgreSQL's own
/// log has them. It has to be told to log them, see [#SETTINGS].
final class LoggedStatements {
  /// For `--set`.
  static final String[] SETTINGS = {
    "postgres.log_statement=all",
    "postgres.log_parameter_max_length=0",
    "postgres.log_line_prefix=sql %u "
  };

  private static final Pattern STATEMENT =
      Pattern.compile(
          "^sql messages LOG: {2}(?:execute [^:]*|statement): ((?:.*)(?:\\R\\t.*)*)",
          Pattern.MULTILINE);

  private final Path log;
  private final long from;

  /// From now on.
  LoggedStatements(ProcessStack stack) throws IOException {
    log = stack.log("postgres");
    from = Files.size(log);
  }

  /// How often each was executed up to now.
  Map<String, Integer> count() throws IOException {
    Map<String, Integer> count = new TreeMap<>();
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      Matcher each = STATEMENT.matcher(new String(bytes, StandardCharsets.UTF_8));
      while (each.find()) {
        count.merge(each.group(1).strip().replaceAll("\\s+", " "), 1, Integer::sum);
      }
    }
    return count;
  }
}
