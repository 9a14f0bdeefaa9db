package dev.parley.runtime.problem;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class OutageTest {
  @Test
  void aDatabaseThatIsAwayIsAnOutage() {
    assertTrue(isOutage("08006"));
    assertTrue(isOutage("57P01"));
    assertTrue(isOutage("53300"));
    assertTrue(isOutage(null));
  }

  @Test
  void aStatementThatIsWrongIsNot() {
    assertFalse(isOutage("23505"));
    assertFalse(isOutage("42601"));
    assertFalse(Outage.isCauseOf(new IllegalStateException("no SQL at all")));
  }

  private static boolean isOutage(String state) {
    return Outage.isCauseOf(new RuntimeException(new SQLException("text", state)));
  }
}
