package dev.parley.messages.ingest;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.messages.failpoint.Failpoint;
import dev.parley.messages.failpoint.Failpoints;
import dev.parley.messages.fanout.Distribution;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.messages.ingest.PostgresBatch.Move;
import dev.parley.messages.log.EventRow;
import dev.parley.messages.log.LogFailure;
import dev.parley.messages.log.PostgresTransaction;
import dev.parley.runtime.logging.About;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/// Applies what was polled: one transaction for all its partitions, then its distribution. Runs on
/// the polling thread and blocks it.
final class Ingest {
  private static final Logger LOG = Logger.getLogger(Ingest.class);
  private static final Duration BURIAL = Duration.ofSeconds(30);

  private final DataSource dataSource;
  private final Fanout fanout;
  private final Clock clock;
  private final Failpoints failpoints;
  private final IngestMetrics metrics;
  private final Footprints footprints;

  Ingest(
      DataSource dataSource,
      Fanout fanout,
      Clock clock,
      Failpoints failpoints,
      IngestMetrics metrics,
      Footprints footprints) {
    this.dataSource = dataSource;
    this.fanout = fanout;
    this.clock = clock;
    this.failpoints = failpoints;
    this.metrics = metrics;
    this.footprints = footprints;
  }

  /// Applies `polled`, which is in offset order for each partition. Records that are applied
  /// already, or whose partition is not in `holdings`, are passed over, so that after [Fenced] the
  /// same call without the lost partitions does the rest.
  ///
  /// @throws Fenced if a partition is not ours; what was committed until then is in `holdings`
  /// @throws LogFailure if the database is away
  /// @throws IngestFailure if a dead letter cannot be put away
  void apply(List<Incoming> polled, Map<Integer, Holding> holdings)
      throws Fenced, InterruptedException {
    Deque<List<Incoming>> left = new ArrayDeque<>();
    left.push(polled);
    while (!left.isEmpty()) {
      List<Incoming> batch = left.pop().stream().filter(r -> isNew(r, holdings)).toList();
      if (batch.isEmpty()) {
        continue;
      }
      try {
        commit(batch, holdings);
      } catch (LogFailure e) {
        if (!e.permanent()) {
          throw e;
        }
        isolate(batch, e, left);
      } catch (RuntimeException e) {
        // A defect of ours that one command brings out must not stop all others.
        isolate(batch, e, left);
      }
    }
  }

  /// Halves a batch that cannot be committed, until the culprit stands alone.
  private void isolate(List<Incoming> batch, RuntimeException cause, Deque<List<Incoming>> left)
      throws InterruptedException {
    if (batch.size() > 1) {
      int half = batch.size() / 2;
      left.push(batch.subList(half, batch.size()));
      left.push(batch.subList(0, half));
      return;
    }
    switch (batch.getFirst()) {
      case Incoming.Dead dead -> throw cause;
      case Incoming.Wellformed poison -> {
        try (About _ =
            About.conversation(poison.command().conversation())
                .andMessage(poison.command().request())
                .andTrace(poison.trace().traceparent())) {
          LOG.errorf(
              cause,
              "command at partition %d offset %d cannot be applied and goes to commands.dead",
              poison.partition(),
              poison.offset());
        }
        poison.letter().bury(String.valueOf(cause.getMessage()), BURIAL);
        metrics.dead();
        left.push(
            List.of(
                new Incoming.Dead(
                    poison.partition(),
                    poison.offset(),
                    poison.appended(),
                    poison.command().reply(),
                    poison.trace())));
      }
    }
  }

  private void commit(List<Incoming> batch, Map<Integer, Holding> holdings) throws Fenced {
    long begun = footprints.begin();
    Map<Integer, Move> moves = moves(batch, holdings);
    List<Incoming.Wellformed> commands = commands(batch);
    List<Outcome> outcomes;
    try {
      outcomes =
          PostgresTransaction.<List<Outcome>, Fenced>run(
              dataSource, connection -> store(connection, moves, commands, holdings));
    } catch (SQLException e) {
      throw new LogFailure("storing a batch", e);
    }
    failpoints.reach(Failpoint.COMMITTED);
    metrics.committed(batch.size());
    moves.forEach(
        (partition, move) -> holding(holdings, partition).committed(move.next(), move.delivered()));
    Distribution distribution = distribute(() -> outgoing(batch, commands, outcomes, begun));
    moves.keySet().forEach(partition -> holding(holdings, partition).distributed(distribution));
  }

  /// What is committed is owed: a defect here makes the partitions distribute again from the log.
  private Distribution distribute(Supplier<List<Outgoing>> outgoing) {
    try {
      return fanout.deliver(outgoing.get());
    } catch (RuntimeException e) {
      LOG.error("a committed batch was not distributed; it will be, from the log", e);
      return Distribution.failedWith(e);
    }
  }

  private List<Outcome> store(
      Connection connection,
      Map<Integer, Move> moves,
      List<Incoming.Wellformed> commands,
      Map<Integer, Holding> holdings)
      throws SQLException, Fenced {
    PostgresBatch statements = new PostgresBatch(connection, metrics::statement);
    Set<Integer> unmoved = statements.advance(moves.values());
    if (!unmoved.isEmpty()) {
      throw new Fenced(
          moves.keySet().stream()
              .filter(partition -> unmoved.contains(holding(holdings, partition).source()))
              .collect(Collectors.toSet()));
    }
    failpoints.reach(Failpoint.MID_BATCH);
    if (commands.isEmpty()) {
      return List.of();
    }
    List<Command> asked = commands.stream().map(Incoming.Wellformed::command).toList();
    LogState state = statements.read(asked);
    List<Outcome> outcomes = Sequencer.decide(state, asked, clock.millis());
    List<EventRow> rows = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      if (outcomes.get(i) instanceof Outcome.Logged logged) {
        Incoming command = commands.get(i);
        int source = holding(holdings, command.partition()).source();
        rows.add(new EventRow(logged.event(), new EventRow.Origin(source, command.offset())));
      }
    }
    if (!rows.isEmpty()) {
      statements.append(rows);
    }
    return outcomes;
  }

  private List<Outgoing> outgoing(
      List<Incoming> batch,
      List<Incoming.Wellformed> commands,
      List<Outcome> outcomes,
      long begun) {
    List<Outgoing> outgoing = new ArrayList<>(batch.size());
    long now = clock.millis();
    for (int i = 0; i < commands.size(); i++) {
      Incoming.Wellformed incoming = commands.get(i);
      metrics.outcome(incoming.command(), outcomes.get(i), incoming.trace());
      footprints.step(incoming, outcomes.get(i), now);
      outgoing.add(
          answer(incoming, outcomes.get(i), footprints.span(incoming, outcomes.get(i), begun)));
    }
    for (Incoming incoming : batch) {
      if (incoming instanceof Incoming.Dead dead && dead.reply() != null) {
        metrics.internal();
        outgoing.add(
            new Outgoing(
                new Delivery.Reply(
                    dead.reply(),
                    ReplyEncoder.error(ErrorCode.INTERNAL, "This command could not be applied.")),
                dead.trace()));
      }
    }
    return outgoing;
  }

  private static Outgoing answer(Incoming.Wellformed incoming, Outcome outcome, Trace trace) {
    Command command = incoming.command();
    return switch (outcome) {
      case Outcome.Logged logged -> Outgoing.event(logged.event(), command.reply(), trace);
      case Outcome.Repeated repeated ->
          new Outgoing(
              new Delivery.Reply(
                  command.reply(),
                  ReplyEncoder.sent(
                      command.conversation(),
                      command.request(),
                      repeated.first().seq(),
                      repeated.first().at(),
                      true)),
              trace);
      case Outcome.Refused refused ->
          new Outgoing(
              new Delivery.Reply(
                  command.reply(), ReplyEncoder.error(refused.code(), refused.message())),
              trace);
    };
  }

  private static Map<Integer, Move> moves(List<Incoming> batch, Map<Integer, Holding> holdings) {
    Map<Integer, Move> moves = new LinkedHashMap<>();
    for (Incoming incoming : batch) {
      Holding holding = holding(holdings, incoming.partition());
      moves.merge(
          incoming.partition(),
          new Move(
              holding.source(),
              holding.epoch(),
              holding.next(),
              incoming.offset() + 1,
              holding.delivered(),
              incoming.appended()),
          Move::then);
    }
    return moves;
  }

  private static List<Incoming.Wellformed> commands(List<Incoming> batch) {
    List<Incoming.Wellformed> commands = new ArrayList<>(batch.size());
    for (Incoming incoming : batch) {
      if (incoming instanceof Incoming.Wellformed wellformed) {
        commands.add(wellformed);
      }
    }
    return commands;
  }

  private static boolean isNew(Incoming incoming, Map<Integer, Holding> holdings) {
    Holding holding = holdings.get(incoming.partition());
    return holding != null && incoming.offset() >= holding.next();
  }

  private static Holding holding(Map<Integer, Holding> holdings, int partition) {
    Holding holding = holdings.get(partition);
    if (holding == null) {
      throw new IllegalStateException("partition " + partition + " is not held");
    }
    return holding;
  }
}
