package dev.parley.messages.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Makes this instance the owner of partitions: a new epoch first, which fences every earlier
/// owner, then what that one committed and may not have distributed is distributed from the log,
/// then it is seen where to go on.
final class Takeover {
  private static final Logger LOG = Logger.getLogger(Takeover.class);

  private final PostgresProgress progress;
  private final Redistribution redistribution;
  private final Attention attention;
  private final IngestMetrics metrics;

  Takeover(
      PostgresProgress progress,
      Redistribution redistribution,
      Attention attention,
      IngestMetrics metrics) {
    this.progress = progress;
    this.redistribution = redistribution;
    this.attention = attention;
    this.metrics = metrics;
  }

  /// What Kafka says of partitions.
  interface Offsets {
    /// The first offset that each of `partitions` has now.
    Map<Integer, Long> begins(Set<Integer> partitions);

    /// The offset that each of `partitions` gives its next record now.
    Map<Integer, Long> ends(Set<Integer> partitions);

    /// The first record of each partition that was appended later than the given time; missing
    /// where there is none.
    Map<Integer, Long> firstAfter(Map<Integer, Long> times);

    /// How far the group has come as it was last shown; missing where it was not.
    Map<Integer, Long> shown(Set<Integer> partitions);
  }

  /// Commands that have been applied.
  @FunctionalInterface
  interface Applied {
    /// Who is owed the replies of commands that are not delivered, by partition and offset, as far
    /// as that can be learnt in a moment.
    Map<Integer, Map<Long, Owed>> owed(List<Holding> undelivered);
  }

  /// Takes `partitions`. Blocks until what had to be distributed again has reached Kafka.
  ///
  /// Ends are asked for after the earlier owner is fenced: it could otherwise still apply what came
  /// in after the answer, and its progress would look as if Kafka had lost commands.
  ///
  /// @throws dev.parley.messages.log.LogFailure if the database is away
  /// @throws IngestFailure if Kafka does not take the events
  List<Holding> take(UUID topic, Set<Integer> partitions, Offsets kafka)
      throws InterruptedException {
    Map<Integer, Long> begins = kafka.begins(partitions);
    List<Holding> holdings = progress.take(topic, begins);
    List<Holding> earlier = progress.earlier(topic, partitions);
    for (Holding former : earlier) {
      redistribution.fromTheLog(former);
    }
    redistribution.withReplies(holdings);
    compare(holdings, begins, earlier, kafka);
    settle(earlier);
    settle(holdings);
    return holdings;
  }

  private void compare(
      List<Holding> holdings, Map<Integer, Long> begins, List<Holding> earlier, Offsets kafka) {
    Set<Integer> partitions = begins.keySet();
    Map<Integer, Long> ends = kafka.ends(partitions);
    Map<Integer, Long> younger = kafka.firstAfter(appliedAt(holdings));
    Map<Integer, Long> shown = kafka.shown(partitions);
    Set<Integer> known = earlier.stream().map(Holding::partition).collect(Collectors.toSet());
    Map<String, List<Integer>> told = new LinkedHashMap<>();
    for (Holding holding : holdings) {
      int partition = holding.partition();
      Disagreement found =
          Disagreement.between(
              holding.next(),
              holding.first() && known.contains(partition),
              new Disagreement.Place(
                  offset(begins, partition),
                  offset(ends, partition),
                  optional(younger.get(partition)),
                  optional(shown.get(partition))));
      if (found != null) {
        goOn(holding, found);
        told.computeIfAbsent(found.told(), what -> new ArrayList<>()).add(partition);
      }
    }
    told.forEach((what, where) -> {
      String line =
          "commands partitions %s: %s. What to do: docs/recovery.md".formatted(where, what);
      LOG.error(line);
      attention.call(line);
    });
  }

  private void goOn(Holding holding, Disagreement found) {
    metrics.disagreement(found);
    if (found.goOn() != holding.next()) {
      progress.move(holding, found.goOn());
      holding.moved(found.goOn());
    }
  }

  private void settle(List<Holding> holdings) {
    List<Holding> unsettled = holdings.stream().filter(Holding::unsettled).toList();
    if (!unsettled.isEmpty()) {
      progress.settle(unsettled);
    }
  }

  private static Map<Integer, Long> appliedAt(List<Holding> holdings) {
    Map<Integer, Long> times = new HashMap<>();
    for (Holding holding : holdings) {
      if (holding.appliedAt() > 0) {
        times.put(holding.partition(), holding.appliedAt());
      }
    }
    return times;
  }

  private static OptionalLong optional(@Nullable Long offset) {
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  private static long offset(Map<Integer, Long> offsets, int partition) {
    Long offset = offsets.get(partition);
    if (offset == null) {
      throw new IngestFailure("Kafka does not say the offsets of partition " + partition, null);
    }
    return offset;
  }
}
