package dev.parley.gateway.log;

/// The message-service answered, but not what it was asked: asked the same again, it would again.
/// An expected outcome: carries no stack trace.
final class Unanswerable extends RuntimeException {
  Unanswerable(String cause) {
    super(cause, null, false, false);
  }
}
