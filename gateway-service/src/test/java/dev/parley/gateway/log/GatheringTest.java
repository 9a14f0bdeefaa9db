package dev.parley.gateway.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.gateway.session.Refusal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// What is asked at the same time goes together. Time passes when the test says so.
class GatheringTest {
  private static final long MILLISECOND = 1_000_000;
  private static final long BEAT = Pace.BEAT.toNanos();

  private record Later(long at, Runnable action) {}

  private final PriorityQueue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::at));
  private final List<List<Integer>> sent = new ArrayList<>();
  private final List<CompletableFuture<List<String>>> answers = new ArrayList<>();
  private boolean answering = true;
  private int bad;
  private int refused;
  private long now;
  private final Gathering<Integer, String> gathering = gathering(1000, 10_000);

  @Test
  void oneThatIsAloneGoesAtOnce() {
    CompletionStage<String> answer = gathering.ask(7);
    pass(0);
    assertEquals(List.of(List.of(7)), sent);
    assertEquals("7", answer.toCompletableFuture().join());
  }

  @Test
  void fiveThousandInFiveSecondsAreFewBatches() {
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      all.add(gathering.ask(1).toCompletableFuture());
      pass(MILLISECOND);
    }
    pass(1000 * MILLISECOND);
    all.forEach(answer -> assertEquals("1", answer.join()));
    assertTrue(sent.size() <= 60, sent.size() + " batches");
  }

  @Test
  void whatIsAskedWhileManyAreUnderWayGoesTogether() {
    answering = false;
    for (int i = 1; i <= 20; i++) {
      gathering.ask(i);
      pass(BEAT);
    }
    assertEquals(List.of(List.of(1), List.of(2), List.of(3), List.of(4)), sent);
    answers.getFirst().complete(List.of("1"));
    pass(MILLISECOND);
    assertEquals(16, sent.getLast().size());
  }

  @Test
  void aBatchIsNoHeavierThanItMayBe() {
    Gathering<Integer, String> narrow = gathering(10, 100);
    List.of(4, 4, 4, 30, 1).forEach(narrow::ask);
    pass(1000 * MILLISECOND);
    assertEquals(List.of(List.of(4, 4), List.of(4), List.of(30), List.of(1)), sent);
  }

  @Test
  void aFullBatchDoesNotWait() {
    gathering.ask(1);
    pass(0);
    gathering.ask(1);
    pass(0);
    int before = sent.size();
    gathering.ask(1000);
    pass(0);
    assertEquals(before + 2, sent.size());
    assertEquals(List.of(1000), sent.getLast());
  }

  @Test
  void everyoneHearsOfAFailure() {
    answering = false;
    CompletableFuture<String> one = gathering.ask(1).toCompletableFuture();
    pass(0);
    answers.getFirst().completeExceptionally(new IllegalStateException("broken"));
    CompletionException failure = assertThrows(CompletionException.class, one::join);
    assertInstanceOf(IllegalStateException.class, failure.getCause());
  }

  @Test
  void oneThatCannotBeAnsweredFailsNobodyElse() {
    bad = 13;
    gathering.ask(1);
    pass(0);
    answering = false;
    for (int i = 0; i < 4; i++) {
      pass(BEAT);
      gathering.ask(1);
      pass(0);
    }
    List<CompletableFuture<String>> all = new ArrayList<>();
    for (int i = 10; i < 20; i++) {
      all.add(gathering.ask(i).toCompletableFuture());
    }
    answering = true;
    answers.forEach(answer -> answer.complete(List.of("1")));
    pass(1000 * MILLISECOND);
    CompletableFuture<String> refused = all.remove(3);
    all.forEach(one -> assertEquals(CompletableFuture.State.SUCCESS, one.state()));
    assertInstanceOf(Refusal.class, refused.exceptionNow());
  }

  @Test
  void aFullBatchGoesHoweverManyMoreAreAsked() {
    gathering.ask(1);
    pass(0);
    sent.clear();
    for (int i = 0; i < 3000; i++) {
      gathering.ask(1);
    }
    assertEquals(2, later.size(), "each that is asked puts the batch off");
    pass(0);
    assertEquals(1000, sent.getFirst().size());
  }

  @Test
  void noMoreWaitThanMay() {
    answering = false;
    Gathering<Integer, String> small = gathering(1, 2);
    List<CompletionStage<String>> asked = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      asked.add(small.ask(1));
      pass(0);
    }
    CompletionException failure =
        assertThrows(CompletionException.class, asked.getLast().toCompletableFuture()::join);
    assertInstanceOf(Refusal.class, failure.getCause());
    assertEquals(1, refused);
    assertEquals(2, small.waiting(), "beside four that are under way");
  }

  private Gathering<Integer, String> gathering(int batch, int most) {
    return new Gathering<>(
        new Gathering.Ways<>(
            this::send,
            ask -> ask,
            batch,
            most,
            (delay, action) -> later.add(new Later(now + delay.toNanos(), action)),
            () -> refused++,
            () -> now));
  }

  private CompletionStage<List<String>> send(List<Integer> asks) {
    sent.add(asks);
    CompletableFuture<List<String>> answer = new CompletableFuture<>();
    answers.add(answer);
    if (asks.contains(bad)) {
      answer.completeExceptionally(new Unanswerable("bad"));
    } else if (answering) {
      answer.complete(asks.stream().map(String::valueOf).toList());
    }
    return answer;
  }

  private void pass(long nanos) {
    long until = now + nanos;
    while (!later.isEmpty() && later.peek().at() <= until) {
      Later next = later.remove();
      now = next.at();
      next.action().run();
    }
    now = until;
  }
}
