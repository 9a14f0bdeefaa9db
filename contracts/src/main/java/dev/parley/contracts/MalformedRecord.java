package dev.parley.contracts;

/// A Kafka record that does not say what its topic's contract asks for. The message names the
/// header or field and what was expected, never the content. Carries no stack trace.
public final class MalformedRecord extends Exception {
  public MalformedRecord(String message) {
    super(message, null, false, false);
  }
}
