package dev.parley.runtime.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailureTest {
  @ParameterizedTest
  @CsvSource({
    "08006, unreachable",
    "57P03, unreachable",
    ", unreachable",
    "53100, disk_full",
    "53300, resources",
    "25006, read_only",
    "40001, conflict",
    "40P01, conflict",
    "57014, timed_out",
    "25P03, timed_out",
    "99999, unreachable",
    "23505, other",
    "42601, other"
  })
  void causeIsReadFromTheState(String state, String cause) {
    SQLException failure = new SQLException("it failed", state);
    DatabaseFailure found = DatabaseFailure.of(new IllegalStateException(failure));
    assertEquals(cause, found.label());
    assertEquals(!cause.equals("other"), found.passes());
  }

  @Test
  void whatIsNotTheDatabasesIsOther() {
    assertEquals(DatabaseFailure.OTHER, DatabaseFailure.of(new IllegalStateException("a defect")));
  }
}
