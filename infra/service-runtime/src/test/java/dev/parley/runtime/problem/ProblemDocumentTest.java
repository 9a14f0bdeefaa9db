package dev.parley.runtime.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProblemDocumentTest {
  @Test
  void aProblemSaysItsCodeAndWhenToTryAgain() {
    Problem problem =
        new Problem(ErrorCode.RATE_LIMITED, "Too many \"failed\" logins.", Duration.ofMillis(1500));
    assertEquals(
        """
        {"type":"about:blank","title":"Too Many Requests","status":429,"code":"rate_limited",\
        "detail":"Too many \\"failed\\" logins.","retryAfter":1500}\
        """,
        ProblemDocument.of(problem).json());
  }

  @Test
  void aProblemCarriesNoStackTrace() {
    assertEquals(0, new Problem(ErrorCode.CONFLICT, "Taken.").getStackTrace().length);
  }
}
