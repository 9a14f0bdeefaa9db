package dev.parley.chaos.check;

/// Something that was broken on purpose.
///
/// @param kind for example `kill`
/// @param target for example `gateway-1`
/// @param from microseconds since the run began
/// @param to when it had ended: the process was started again, the link was whole
public record Fault(String kind, String target, long from, long to) {
  boolean during(long since, long until) {
    return from <= until && to >= since;
  }

  @Override
  public String toString() {
    return "%s %s %.3f s to %.3f s".formatted(kind, target, from / 1e6, to / 1e6);
  }
}
