package dev.parley.chaos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.schedule.FaultKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosTest {
  private static final String ENTRY = "http://127.0.0.1:1";
  private static final String DATABASE = "jdbc:postgresql://127.0.0.1:2/messages?user=messages";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void anUnknownKindIsToldTheKnownOnes() {
    assertEquals(2, run("--only", "earthquake"));
    for (FaultKind kind : FaultKind.values()) {
      assertTrue(err.toString().contains(kind.text()), err::toString);
    }
  }

  @Test
  void helpNamesEveryOptionAndEveryKind() {
    assertEquals(0, run("--help"));
    for (FaultKind kind : FaultKind.values()) {
      assertTrue(out.toString().replaceAll("\\s+", " ").contains(kind.text()), out::toString);
    }
    for (String option :
        new String[] {
          "--seed", "--minutes", "--faults", "--out", "--data", "--compose", "--entry", "--database"
        }) {
      assertTrue(out.toString().contains(option), out::toString);
    }
  }

  @Test
  void whatCannotBeIsRefusedWithItsName() {
    assertEquals(2, run("--brokers", "2"));
    assertTrue(err.toString().contains("--brokers 2: expected 1 or 3"), err::toString);
    assertEquals(2, run("--faults", "0"));
    assertEquals(2, run("--minutes", "0"));
    assertEquals(2, run("--clients", "3"));
    assertEquals(2, run("--gateways", "1"));
    assertEquals(2, run("--only", "rolling-brokers"));
    assertTrue(err.toString().contains("needs --brokers 3"), err::toString);
    assertEquals(2, run("--nonsense"));
  }

  @Test
  void containersCanBeKilledAndNothingElse() {
    refused("needs --entry and --database", "--compose", "p", "--only", "kill");
    refused("need --compose", "--entry", ENTRY);
    refused("needs --only kill", "--compose", "p", "--entry", ENTRY, "--database", DATABASE);
    refused(
        "needs --only kill",
        "--only",
        "stop",
        "--compose",
        "p",
        "--entry",
        ENTRY,
        "--database",
        DATABASE);
    refused("runs already", "--only", "kill", "--compose", "p", "--brokers", "3");
    refused(
        "--entry nowhere",
        "--only",
        "kill",
        "--compose",
        "p",
        "--entry",
        "nowhere",
        "--database",
        DATABASE);
    refused(
        "--database nothing",
        "--only",
        "kill",
        "--compose",
        "p",
        "--entry",
        ENTRY,
        "--database",
        "nothing");
    refused(
        "PARLEY_DATABASE_PASSWORD",
        "--only",
        "kill",
        "--compose",
        "p",
        "--entry",
        ENTRY,
        "--database",
        DATABASE + "&password=p");
  }

  private void refused(String sentence, String... arguments) {
    assertEquals(2, run(arguments));
    assertTrue(err.toString().contains(sentence), err::toString);
    err.getBuffer().setLength(0);
  }

  private int run(String... arguments) {
    CommandLine line = Chaos.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
