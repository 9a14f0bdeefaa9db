package dev.parley.settings;

/// A source declares a setting in a form that is not understood, or without what the page needs.
final class UnreadableSource extends RuntimeException {
  UnreadableSource(String what) {
    super(what);
  }
}
