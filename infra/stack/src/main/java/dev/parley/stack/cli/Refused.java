package dev.parley.stack.cli;

/// Ends a command with one clear sentence and exit code 1.
final class Refused extends RuntimeException {
  Refused(String sentence) {
    super(sentence, null, false, false);
  }
}
