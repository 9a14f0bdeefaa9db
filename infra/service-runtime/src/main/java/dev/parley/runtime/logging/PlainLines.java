package dev.parley.runtime.logging;

import java.util.Arrays;
import java.util.Map;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jspecify.annotations.Nullable;

/// Lines for a terminal that nobody can forge: whatever a message or an exception says, control
/// characters (line ends, escape sequences, changes of direction) are shown as escapes, so that a
/// line of the log is one that we wrote. At its end stand the fields of [About].
final class PlainLines extends ExtFormatter {
  private final ExtFormatter lines;

  /// @param lines makes a line of a record as it is
  PlainLines(ExtFormatter lines) {
    this.lines = lines;
  }

  @Override
  public String format(ExtLogRecord line) {
    String message = formatMessage(line);
    Map<String, String> fields = line.getMdcCopy();
    ExtLogRecord shown = new ExtLogRecord(line);
    shown.setMessage(
        escape(fields.isEmpty() ? message : message + " " + fields),
        ExtLogRecord.FormatStyle.NO_FORMAT);
    shown.setParameters(null);
    if (line.getThrown() != null) {
      shown.setThrown(new Shown(line.getThrown(), 0));
    }
    return lines.format(shown);
  }

  @Override
  public boolean isCallerCalculationRequired() {
    return lines.isCallerCalculationRequired();
  }

  /// `text` with what could move the cursor, end the line or turn the writing direction escaped.
  static String escape(@Nullable String text) {
    if (text == null) {
      return "null";
    }
    int first = 0;
    while (first < text.length() && !isControl(text.charAt(first))) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder shown = new StringBuilder(text.length() + 16).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\n' -> shown.append("\\n");
        case '\r' -> shown.append("\\r");
        case '\t' -> shown.append("\\t");
        default -> {
          if (isControl(c)) {
            shown.append("\\u%04x".formatted((int) c));
          } else {
            shown.append(c);
          }
        }
      }
    }
    return shown.toString();
  }

  private static boolean isControl(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /// An exception whose own words are escaped; all else is as it was.
  private static final class Shown extends Throwable {
    private static final int DEEPEST = 16;

    private final String text;

    Shown(Throwable shown, int depth) {
      super(null, cause(shown, depth), true, true);
      this.text = escape(shown.toString());
      setStackTrace(shown.getStackTrace());
      if (depth < DEEPEST) {
        Arrays.stream(shown.getSuppressed())
            .map(s -> new Shown(s, depth + 1))
            .forEach(this::addSuppressed);
      }
    }

    // Causes may go round in circles.
    private static @Nullable Throwable cause(Throwable shown, int depth) {
      return shown.getCause() == null || depth == DEEPEST
          ? null
          : new Shown(shown.getCause(), depth + 1);
    }

    // Its own is never looked at.
    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }

    // It stands for one of another class, whose name is in the text.
    @SuppressWarnings("OverrideThrowableToString")
    @Override
    public String toString() {
      return text;
    }
  }
}
