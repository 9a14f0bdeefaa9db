package dev.parley.chaos.report;

import java.util.Locale;
import java.util.Map;

/// A run as people read it.
public final class Table {
  private Table() {}

  /// The whole table.
  public static String of(RunReport run) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nseed %d: %d faults in %.1f minutes, %d clients, %d messages acknowledged,"
                + " %d violations%n%s%n%n",
            run.seed(),
            run.faults().values().stream().mapToInt(Integer::intValue).sum(),
            run.seconds() / 60.0,
            run.clients(),
            run.acknowledged(),
            run.total(),
            run.stack()));
    line(
        text,
        "fault",
        "n",
        "first acknowledged",
        "all caught up",
        "... from its begin",
        "longest pause",
        "delivery",
        "refused");
    for (Map.Entry<String, RunReport.KindReport> each : run.recovery().entrySet()) {
      RunReport.KindReport kind = each.getValue();
      line(
          text,
          each.getKey(),
          Integer.toString(run.faults().getOrDefault(each.getKey(), 0)),
          kind.firstAcknowledged().text(),
          kind.caughtUp().text(),
          kind.caughtUpFromBegin().text(),
          kind.longestPause().text(),
          kind.delivered().text(),
          kind.delivered().count() == 0 ? "-" : Long.toString(kind.refused()));
    }
    text.append(
        String.format(
            "%nTimes in seconds, p50 / p99 / max, from the end of the fault unless it says"
                + " otherwise.%nThe last five columns are of faults that no other one overlapped: delivery is from the first"
                + " attempt%nto each device that is always connected and reads at once, refused counts"
                + " attempts to send that were answered with an error.%nAcknowledged: over a"
                + " WebSocket; what is posted over REST is answered without Kafka.%n"));
    run.skipped().forEach(skipped -> text.append("Skipped: ").append(skipped).append('\n'));
    run.failed().forEach(failed -> text.append("Not done: ").append(failed).append('\n'));
    text.append('\n');
    run.violations()
        .forEach((invariant, count) ->
            text.append(String.format(Locale.ROOT, "%-28s %6d%n", invariant, count)));
    text.append('\n').append(run.tally()).append('\n');
    return text.toString();
  }

  private static void line(StringBuilder text, String... cells) {
    text.append(
        String.format(
            Locale.ROOT, "%-18s %4s  %-20s  %-22s  %-22s  %-20s  %-20s  %s%n", (Object[]) cells));
  }
}
