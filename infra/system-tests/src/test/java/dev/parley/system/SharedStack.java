package dev.parley.system;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests the one [Stack] of this run: containers if it is told to use some, else processes
/// that are started for the first who asks and stopped after the last. Who breaks a part of it
/// waits until it is whole again.
final class SharedStack implements ParameterResolver {
  /// Short enough that a test can wait for a token's end, long enough for every other test.
  private static final String TOKEN_LIFE = "auth.parley.auth.access-token.life=75s";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return Stack.class.isAssignableFrom(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(ExtensionContext.Namespace.create(SharedStack.class))
        .computeIfAbsent(Stack.class, none -> start());
  }

  private static Stack start() {
    Optional<ComposeStack> given = ComposeStack.given();
    if (given.isPresent()) {
      return given.get();
    }
    try {
      return ProcessStack.up(
          "shared",
          TOKEN_LIFE,
          "gateway.parley.traces.endpoint=" + Collector.shared().url(),
          "message.parley.traces.endpoint=" + Collector.shared().url(),
          "gateway.parley.traces.sampling=0");
    } catch (Exception e) {
      throw new IllegalStateException("the stack did not start: " + e.getMessage(), e);
    }
  }
}
