package dev.parley.messages.change;

import dev.parley.contracts.event.LoggedEvent;
import java.util.List;

/// What a request has changed, and what it is answered with.
///
/// @param status of the HTTP answer
/// @param body of the HTTP answer
/// @param events appended to the log; none if nothing has changed
public record Change<T>(int status, T body, List<LoggedEvent> events) {
  /// Something new is there.
  public static <T> Change<T> created(T body, List<LoggedEvent> events) {
    return new Change<>(201, body, events);
  }

  /// It is done.
  public static <T> Change<T> done(T body, List<LoggedEvent> events) {
    return new Change<>(200, body, events);
  }

  /// It was so already.
  public static <T> Change<T> nothing(T body) {
    return new Change<>(200, body, List.of());
  }
}
