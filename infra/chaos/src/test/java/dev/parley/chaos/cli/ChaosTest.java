package dev.parley.chaos.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.chaos.schedule.FaultKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ChaosTest {
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
    for (String option : new String[] {"--seed", "--minutes", "--faults", "--out", "--data"}) {
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

  private int run(String... arguments) {
    CommandLine line = Chaos.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }
}
