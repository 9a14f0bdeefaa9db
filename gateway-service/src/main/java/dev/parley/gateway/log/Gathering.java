package dev.parley.gateway.log;

import dev.parley.gateway.session.Refusal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Puts together what many sessions ask at the same time, so that thousands that reconnect at once
/// cost few requests and few statements: what is asked waits for the [Pace], then goes as one
/// batch. One that is answered that it cannot be handled is halved until the culprit stands alone,
/// so that it fails nobody else. Any thread; nothing blocks.
///
/// @param <A> what one asks
/// @param <R> what one is answered
final class Gathering<A, R> {
  /// Batches whose answers are awaited; while there are as many, what is asked waits and gathers.
  private static final int MOST_UNDER_WAY = 4;

  private final Ways<A, R> ways;
  private final ArrayDeque<Waiting<A, R>> waiting = new ArrayDeque<>();
  private final Pace pace;
  private int weight;
  private int underWay;
  private boolean due;
  private boolean hurried;
  private long turn;

  private record Waiting<A, R>(A ask, CompletableFuture<R> answer) {}

  /// Answers a batch.
  interface Sending<A, R> {
    /// The answers, in the order of `asks`; or the one failure of all, [Unanswerable] if it would
    /// be the same for the same asks again.
    CompletionStage<List<R>> send(List<A> asks);
  }

  /// Runs things later.
  interface Timer {
    void after(Duration delay, Runnable action);
  }

  /// What a gathering works with.
  ///
  /// @param weight of one ask
  /// @param batch weight of a batch at most; a heavier ask goes alone
  /// @param most asks that may wait; further ones are refused as `unavailable`
  /// @param refused called for each ask that is refused
  /// @param nanos a clock that never goes back
  record Ways<A, R>(
      Sending<A, R> sending,
      ToIntFunction<A> weight,
      int batch,
      int most,
      Timer timer,
      Runnable refused,
      LongSupplier nanos) {}

  Gathering(Ways<A, R> ways) {
    this.ways = ways;
    this.pace = new Pace(ways.nanos().getAsLong());
  }

  /// How many asks wait to be sent.
  synchronized int waiting() {
    return waiting.size();
  }

  CompletionStage<R> ask(A ask) {
    Waiting<A, R> one = new Waiting<>(ask, new CompletableFuture<>());
    synchronized (this) {
      if (waiting.size() >= ways.most()) {
        ways.refused().run();
        return CompletableFuture.failedStage(Refusal.unavailable("Too many ask now. Try again."));
      }
      waiting.add(one);
      weight += ways.weight().applyAsInt(ask);
    }
    schedule();
    return one.answer();
  }

  // A batch that is full goes at once: waiting would not make it any larger.
  private void schedule() {
    long delay;
    long mine;
    synchronized (this) {
      boolean full = weight >= ways.batch();
      boolean asItIs = due && (hurried || !full);
      if (asItIs || waiting.isEmpty() || underWay >= MOST_UNDER_WAY) {
        return;
      }
      due = true;
      hurried = full;
      mine = ++turn;
      delay = full ? 0 : pace.delay(ways.nanos().getAsLong());
    }
    ways.timer().after(Duration.ofNanos(delay), () -> go(mine));
  }

  private void go(long mine) {
    List<Waiting<A, R>> batch;
    synchronized (this) {
      if (mine != turn) {
        return; // A full batch went before.
      }
      due = false;
      underWay++;
      batch = take();
      pace.went(ways.nanos().getAsLong(), batch.size());
    }
    // What does not fit gathers for the next one.
    schedule();
    var _ =
        settle(batch)
            .whenComplete((settled, problem) -> {
              synchronized (this) {
                underWay--;
              }
              schedule();
            });
  }

  private List<Waiting<A, R>> take() {
    List<Waiting<A, R>> batch = new ArrayList<>();
    int taken = 0;
    Waiting<A, R> next;
    while ((next = waiting.peek()) != null) {
      int more = ways.weight().applyAsInt(next.ask());
      if (taken + more > ways.batch() && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.remove());
      taken += more;
    }
    weight -= taken;
    return batch;
  }

  private CompletionStage<Void> settle(List<Waiting<A, R>> batch) {
    return send(batch)
        .handle((answers, failure) -> {
          Throwable problem =
              failure instanceof CompletionException && failure.getCause() != null
                  ? failure.getCause()
                  : failure;
          int half = batch.size() / 2;
          if (problem instanceof Unanswerable && half > 0) {
            return settle(batch.subList(0, half))
                .thenCompose(done -> settle(batch.subList(half, batch.size())));
          }
          answer(batch, answers, problem);
          return CompletableFuture.<Void>completedStage(null);
        })
        .thenCompose(settled -> settled);
  }

  private CompletionStage<List<R>> send(List<Waiting<A, R>> batch) {
    try {
      return ways.sending().send(batch.stream().map(Waiting::ask).toList());
    } catch (RuntimeException e) {
      return CompletableFuture.failedStage(e);
    }
  }

  private void answer(
      List<Waiting<A, R>> batch, @Nullable List<R> answers, @Nullable Throwable problem) {
    for (int i = 0; i < batch.size(); i++) {
      CompletableFuture<R> one = batch.get(i).answer();
      if (answers == null || problem != null) {
        one.completeExceptionally(failure(problem));
      } else if (i < answers.size()) {
        one.complete(answers.get(i));
      } else {
        one.completeExceptionally(
            new IllegalStateException(
                "a batch has %d answers, not %d".formatted(answers.size(), batch.size())));
      }
    }
  }

  private static Throwable failure(@Nullable Throwable problem) {
    return switch (problem) {
      case null -> new IllegalStateException("a batch has no answers");
      case Unanswerable broken -> Refusal.unavailable("The log cannot be read now. Try again.");
      default -> problem;
    };
  }
}
