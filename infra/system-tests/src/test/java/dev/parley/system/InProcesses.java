package dev.parley.system;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Skips what needs more of a stack than containers give: ports past the entry, the directory of a
/// store, a collector on this machine.
final class InProcesses implements ExecutionCondition {
  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return ComposeStack.given().isEmpty()
        ? ConditionEvaluationResult.enabled("the stack has processes of its own")
        : ConditionEvaluationResult.disabled("the stack runs in containers");
  }
}
