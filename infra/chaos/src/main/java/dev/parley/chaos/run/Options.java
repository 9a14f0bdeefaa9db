package dev.parley.chaos.run;

import dev.parley.chaos.schedule.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a run was asked for.
///
/// @param seed of schedule and clients
/// @param atMost no fault begins after this; null if only their number ends the run
/// @param faults how many; 0 if only the time ends the run
/// @param kinds to choose from
/// @param target the only process, link or kind of process to break; null for all
/// @param place the stack that is broken
/// @param clients devices with a session each
/// @param rate messages a second that all of them together want to send
/// @param data where runs have their directories
/// @param results the file that the run is appended to
/// @param keep whether histories and logs stay even if nothing was wrong
public record Options(
    long seed,
    @Nullable Duration atMost,
    int faults,
    List<FaultKind> kinds,
    @Nullable String target,
    Place place,
    int clients,
    double rate,
    Path data,
    Path results,
    boolean keep) {
  /// Messages a second if nothing else is said.
  public static final double USUAL_RATE = 40;

  public Options {
    require(clients >= 10 && clients <= 2_000, "--clients " + clients + ": expected 10 to 2000");
    require(rate > 0, "--rate " + rate + ": expected more than 0");
    require(faults >= 0, "--faults " + faults + ": expected 1 or more");
    require(atMost == null || atMost.isPositive(), "--minutes: expected more than 0");
    switch (place) {
      case Place.Own own ->
          require(
              !kinds.equals(List.of(FaultKind.ROLLING_BROKERS)) || own.brokers() == 3,
              "--only " + FaultKind.ROLLING_BROKERS.text() + ": needs --brokers 3");
      case Place.Compose compose ->
          require(
              kinds.equals(List.of(FaultKind.KILL)),
              "--compose: needs --only kill, nothing else can be done to containers");
    }
  }

  /// The command that makes this run again.
  public String replay() {
    StringBuilder command = new StringBuilder("./parley chaos --seed " + seed);
    if (faults > 0) {
      command.append(" --faults ").append(faults);
    }
    if (atMost != null) {
      command.append(" --minutes ").append(atMost.toSeconds() / 60.0);
    }
    if (kinds.size() == 1) {
      command.append(" --only ").append(kinds.getFirst().text());
    }
    if (target != null) {
      command.append(" --target '").append(target).append('\'');
    }
    command.append(" ").append(place.options()).append(" --clients ").append(clients);
    if (rate != USUAL_RATE) {
      command.append(" --rate ").append(rate);
    }
    return command.toString();
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
