package dev.parley.messages.signals;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyEncoder;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.signal.PushEncoder;
import dev.parley.contracts.signal.Signal;
import dev.parley.messages.fanout.Fanout;
import dev.parley.messages.fanout.Outgoing;
import dev.parley.messages.fanout.Outgoing.Trace;
import dev.parley.messages.log.LogFailure;
import dev.parley.messages.signals.Receipts.Receipt;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/// Handles signals in batches: who may, what is stored, what others see, what is answered. Used by
/// one thread, which it blocks.
final class Signals {
  private static final Logger LOG = Logger.getLogger(Signals.class);

  private final PostgresSignals database;
  private final Fanout fanout;
  private final SignalsConfig config;
  private final LongSupplier nanoTime;
  private final MeterRegistry metrics;
  private final Receipts receipts;

  Signals(
      PostgresSignals database,
      Fanout fanout,
      SignalsConfig config,
      LongSupplier nanoTime,
      MeterRegistry metrics) {
    this.database = database;
    this.fanout = fanout;
    this.config = config;
    this.nanoTime = nanoTime;
    this.metrics = metrics;
    this.receipts = new Receipts(config.gather().toNanos());
  }

  /// Handles `arrived` in their order, and receipts whose time has come. While the database is away
  /// everything is refused: signals do not wait.
  void apply(List<Arrived> arrived) {
    List<Outgoing> outgoing = new ArrayList<>();
    if (!arrived.isEmpty()) {
      try {
        decide(arrived, outgoing);
      } catch (LogFailure e) {
        LOG.warn("signals are refused: " + e.getMessage());
        outgoing.clear();
        for (Arrived one : arrived) {
          answer(one, ReplyEncoder.unavailable("Signals cannot be sent now. Try again."), outgoing);
          count(one, ErrorCode.UNAVAILABLE.wire());
        }
      }
    }
    for (Receipt receipt : receipts.due(nanoTime.getAsLong())) {
      show(receipt, outgoing);
    }
    // Nothing waits for the acknowledgements: what is lost here was never promised.
    fanout.deliver(outgoing);
  }

  /// When [#apply] is due although nothing has arrived, as `nanoTime`.
  OptionalLong nextDue() {
    return receipts.nextEnd();
  }

  private void decide(List<Arrived> arrived, List<Outgoing> outgoing) {
    Set<Participant> keys = new HashSet<>();
    arrived.forEach(one -> keys.add(key(one.signal())));
    Map<Participant, Standing> standings = database.standings(keys);
    Map<Participant, Receipt> reads = new HashMap<>();
    for (Arrived one : arrived) {
      Standing standing = standings.get(key(one.signal()));
      switch (Verdict.on(one.signal(), standing, config.membersMax())) {
        case Verdict.Refused no -> {
          answer(one, ReplyEncoder.error(no.code(), no.message()), outgoing);
          count(one, no.code().wire());
        }
        case Verdict.Done done -> {
          if (one.signal() instanceof Signal.Read read) {
            reads.merge(key(read), new Receipt(read, done.shown()), Signals::higher);
          } else if (done.shown() && one.fresh()) {
            push(
                Route.conversation(one.signal().conversation()),
                one.signal(),
                one.trace(),
                outgoing);
          }
          answer(one, ReplyEncoder.done(), outgoing);
          count(one, "done");
        }
      }
    }
    if (!reads.isEmpty()) {
      for (Participant grown : database.read(reads.values().stream().map(Receipt::read).toList())) {
        Receipt receipt = reads.get(grown);
        if (receipt != null && receipts.offer(receipt, nanoTime.getAsLong())) {
          show(receipt, outgoing);
        }
      }
    }
  }

  private static Receipt higher(Receipt one, Receipt other) {
    return one.read().seq() >= other.read().seq() ? one : other;
  }

  private static void push(Route target, Signal signal, Trace trace, List<Outgoing> outgoing) {
    outgoing.add(
        new Outgoing(
            new Delivery.Push(target, signal.from().session(), null, PushEncoder.encode(signal)),
            trace));
  }

  /// The user's other sessions, wherever they are, and the others in the conversation.
  private static void show(Receipt receipt, List<Outgoing> outgoing) {
    Signal.Read read = receipt.read();
    JsonText json = PushEncoder.encode(read);
    outgoing.add(
        new Outgoing(
            new Delivery.Push(Route.user(read.user()), read.from().session(), null, json), null));
    if (receipt.others()) {
      outgoing.add(
          new Outgoing(
              new Delivery.Push(Route.conversation(read.conversation()), null, read.user(), json),
              null));
    }
  }

  private static void answer(Arrived arrived, JsonText json, List<Outgoing> outgoing) {
    Signal signal = arrived.signal();
    if (signal.replyWanted()) {
      outgoing.add(new Outgoing(new Delivery.Reply(signal.from(), json), arrived.trace()));
    }
  }

  private static Participant key(Signal signal) {
    return new Participant(signal.conversation(), signal.user());
  }

  private void count(Arrived arrived, String result) {
    String type =
        switch (arrived.signal()) {
          case Signal.Typing t -> "typing";
          case Signal.Custom c -> "signal";
          case Signal.Read r -> "read";
        };
    metrics.counter("parley.messages.signals", "type", type, "result", result).increment();
  }
}
