package dev.parley.runtime.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.UUID;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class PlainLinesTest {
  private static final String FORGED = "Ann\r\n12:00:00 ERROR forged\u001b[2K\u2028\u202e";

  private final PlainLines lines = new PlainLines(new PatternFormatter("%p %s%e%n"));

  @Test
  void whatSomebodyWroteIsShownOnOneLine() {
    assertEquals(
        "WARN user Ann\\r\\n12:00:00 ERROR forged\\u001b[2K\\u2028\\u202e is unknown\n",
        lines.format(line("user %s is unknown", FORGED)));
  }

  @Test
  void whatIsHarmlessStaysAsItIs() {
    assertEquals(
        "WARN 50 % of Zoë's 👍 \\\\n\n", lines.format(line("50 %% of %s", "Zoë's 👍 \\\\n")));
  }

  @Test
  void anExceptionForgesNoLineEither() {
    ExtLogRecord line = line("it failed");
    IllegalStateException failure =
        new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
    failure.addSuppressed(new RuntimeException(FORGED));
    line.setThrown(failure);
    List<String> shown = lines.format(line).lines().toList();
    assertTrue(shown.getFirst().startsWith("WARN it failed"), shown::toString);
    assertFalse(shown.stream().anyMatch(text -> text.startsWith("12:00:00")), shown::toString);
    assertTrue(
        shown.stream().anyMatch(text -> text.contains("Caused by: java.lang.Illegal")),
        shown::toString);
    assertTrue(
        shown.stream().anyMatch(text -> text.contains("anExceptionForgesNoLineEither")),
        shown::toString);
  }

  @Test
  void causesInACircleEnd() {
    RuntimeException one = new RuntimeException("one");
    one.initCause(new RuntimeException("two", one));
    ExtLogRecord line = line("it failed");
    line.setThrown(one);
    assertTrue(lines.format(line).contains("two"));
  }

  @Test
  void fieldsStandAtTheEnd() {
    UUID conversation = UUID.randomUUID();
    try (About _ =
        About.conversation(conversation)
            .andTrace("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")) {
      String shown = lines.format(line("a command failed"));
      assertTrue(shown.contains("conversation=" + conversation), shown);
      assertTrue(shown.contains("trace=0af7651916cd43dd8448eb211c80319c"), shown);
    }
    assertEquals("WARN a command failed\n", lines.format(line("a command failed")));
  }

  private static ExtLogRecord line(String format, Object... parameters) {
    ExtLogRecord line =
        new ExtLogRecord(
            Level.WARN, format, ExtLogRecord.FormatStyle.PRINTF, PlainLinesTest.class.getName());
    line.setParameters(parameters);
    return line;
  }
}
