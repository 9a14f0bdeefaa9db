package dev.parley.messages.database;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureCauseTest {
  @ParameterizedTest
  @CsvSource({
    "08006, unreachable",
    "57P03, unreachable",
    ", unreachable",
    "53100, disk_full",
    "53300, resources",
    "25006, read_only",
    "40001, conflict",
    "57014, other"
  })
  void causeIsReadFromTheState(String state, String cause) {
    SQLException failure = new SQLException("it failed", state);
    assertEquals(cause, FailureCause.of(new IllegalStateException(failure)).label());
  }

  @Test
  void whatIsNotTheDatabasesIsOther() {
    assertEquals(FailureCause.OTHER, FailureCause.of(new IllegalStateException("a defect")));
  }
}
