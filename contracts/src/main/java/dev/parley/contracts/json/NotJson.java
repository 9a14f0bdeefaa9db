package dev.parley.contracts.json;

/// A text that is not exactly one JSON object with distinct keys. The message says what is wrong
/// with its form and nothing of its content. Carries no stack trace.
public final class NotJson extends Exception {
  NotJson(String message) {
    super(message, null, false, false);
  }
}
