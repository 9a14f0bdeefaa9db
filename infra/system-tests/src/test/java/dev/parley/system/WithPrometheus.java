package dev.parley.system;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Lets tests run where there is a Prometheus (Debian: `apt-get install prometheus`), and skips
/// them elsewhere before anything is started, unless `PARLEY_PROMETHEUS=1` says that they must not
/// be.
final class WithPrometheus implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    if (Prometheus.program().isPresent()) {
      return ConditionEvaluationResult.enabled("there is a Prometheus");
    }
    if ("1".equals(System.getenv("PARLEY_PROMETHEUS"))) {
      throw new IllegalStateException("PARLEY_PROMETHEUS is 1 and there is no prometheus on PATH");
    }
    return ConditionEvaluationResult.disabled(
        "there is no prometheus on PATH; panels and alerts are not evaluated");
  }
}
