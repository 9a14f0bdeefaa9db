package dev.parley.gateway.command;

import dev.parley.contracts.command.Command;
import dev.parley.contracts.signal.Signal;
import dev.parley.gateway.kafka.Loss;
import dev.parley.runtime.trace.Spans;
import io.opentelemetry.api.trace.Span;
import java.util.function.Consumer;

/// The way to the message-service. Any thread; nothing blocks. What is published for one
/// conversation by one thread keeps its order. Answers come back as deliveries.
public interface Commands {
  /// Publishes a change to a conversation's log.
  ///
  /// @param onLoss called at most once, on any thread, if it is not known to be on its way
  void publish(Command command, Consumer<Loss> onLoss);

  /// A trace for a command whose sender asked for one.
  default Span trace() {
    return Spans.none();
  }

  /// Publishes a change to a conversation's log in a trace that [#trace()] made.
  ///
  /// @param onLoss as of the other
  default void publish(Command command, Span trace, Consumer<Loss> onLoss) {
    publish(command, onLoss);
  }

  /// Publishes something outside the log.
  ///
  /// @param onLoss called at most once, on any thread, if it is not known to be on its way
  void publish(Signal signal, Consumer<Loss> onLoss);
}
