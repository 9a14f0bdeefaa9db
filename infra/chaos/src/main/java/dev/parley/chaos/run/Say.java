package dev.parley.chaos.run;

/// Where a run tells how it goes, line by line. Any thread.
@FunctionalInterface
public interface Say {
  void line(String text);
}
