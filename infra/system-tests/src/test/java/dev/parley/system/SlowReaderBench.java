package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What one reader that stands still costs the others of a busy conversation: runs with and without
/// one by turns, the 99th percentile of all deliveries in each. Not part of the ordinary test run:
///
///     ./parley test -Dtest=NONE -Dit.test=SlowReaderBench \
///         -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
class SlowReaderBench {
  private static final int PAIRS = 5;
  private static final int READERS = 15;
  private static final int SENDERS = 5;
  private static final int PER_SENDER_AND_SECOND = 10;
  private static final int SECONDS = 20;
  private static final String PADDING = "x".repeat(8_000);

  @Test
  void oneThatStandsStillHarmsOnlyItself() throws Exception {
    try (Stack stack = ProcessStack.up("slow-reader-bench")) {
      List<Person> people = new ArrayList<>();
      for (int n = 0; n < READERS + SENDERS + 1; n++) {
        people.add(Person.registered(stack));
      }
      Person first = people.getFirst();
      String conversation =
          first.opened("group", people.subList(1, people.size()).toArray(Person[]::new));
      Bench bench = new Bench(stack, conversation, people);
      bench.run(false);
      double[] without = new double[PAIRS];
      double[] with = new double[PAIRS];
      for (int n = 0; n < PAIRS; n++) {
        without[n] = bench.run(false);
        with[n] = bench.run(true);
        System.out.printf(
            Locale.ROOT, "pair %d: p99 %.1f ms alone, %.1f ms with%n", n, without[n], with[n]);
      }
      Arrays.sort(without);
      Arrays.sort(with);
      System.out.printf(
          Locale.ROOT,
          "median of %d: p99 %.1f ms without, %.1f ms with one that does not read%n",
          PAIRS,
          without[PAIRS / 2],
          with[PAIRS / 2]);
    }
  }

  /// A conversation in which much is said.
  private record Bench(Stack stack, String conversation, List<Person> people) {
    /// @return the 99th percentile, in milliseconds
    double run(boolean stands) throws Exception {
      int all = SENDERS * PER_SENDER_AND_SECOND * SECONDS;
      List<Ears> readers = new ArrayList<>();
      List<WebSocket> sockets = new ArrayList<>();
      for (Person person : people.subList(0, READERS)) {
        Ears ears = new Ears(all);
        readers.add(ears);
        sockets.add(ears.open(stack, person));
      }
      if (stands) {
        Ears ears = new Ears(all);
        sockets.add(ears.open(stack, people.get(READERS)));
        ears.stand();
      }
      sockets.addAll(send(all));
      long[] took = new long[READERS * all];
      int at = 0;
      for (Ears ears : readers) {
        assertEquals(true, ears.complete.await(60, TimeUnit.SECONDS), "everything has come");
        System.arraycopy(ears.took, 0, took, at, all);
        at += all;
      }
      sockets.forEach(WebSocket::abort);
      Arrays.sort(took);
      return took[(int) (took.length * 0.99)] / 1e6;
    }

    private List<WebSocket> send(int all) throws Exception {
      List<WebSocket> senders = new ArrayList<>();
      for (Person person : people.subList(READERS + 1, READERS + 1 + SENDERS)) {
        senders.add(new Ears(all).open(stack, person));
      }
      AtomicInteger next = new AtomicInteger();
      CountDownLatch sent = new CountDownLatch(all);
      try (ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor()) {
        var _ =
            clock.scheduleAtFixedRate(
                () -> {
                  int number = next.getAndIncrement();
                  if (number < all) {
                    senders.get(number % SENDERS).sendText(message(number), true).join();
                    sent.countDown();
                  }
                },
                0,
                1_000_000_000L / (SENDERS * PER_SENDER_AND_SECOND),
                TimeUnit.NANOSECONDS);
        sent.await();
        clock.shutdownNow();
      }
      return senders;
    }

    private String message(int number) {
      return """
      {"id":%d,"type":"send","conversation":"%s","message":"%s","content":{"text":"@%d@%s"}}\
      """
          .formatted(number + 2, conversation, UUID.randomUUID(), System.nanoTime(), PADDING);
    }
  }

  /// Takes the time of everything that comes.
  private static final class Ears implements WebSocket.Listener {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final long[] took;
    private final CountDownLatch complete = new CountDownLatch(1);
    private final CountDownLatch connected = new CountDownLatch(1);
    private final StringBuilder partial = new StringBuilder();
    private volatile boolean stands;
    private int count;

    Ears(int messages) {
      took = new long[messages];
    }

    WebSocket open(Stack stack, Person person) throws Exception {
      WebSocket socket =
          HTTP.newWebSocketBuilder()
              .subprotocols("parley.v1.json")
              .buildAsync(stack.webSocket(), this)
              .join();
      socket
          .sendText(
              "{\"id\":1,\"type\":\"connect\",\"token\":\"" + person.accessToken() + "\"}", true)
          .join();
      assertEquals(true, connected.await(30, TimeUnit.SECONDS), "connected");
      return socket;
    }

    /// Reads nothing more.
    void stand() {
      stands = true;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
      partial.append(text);
      if (last) {
        long now = System.nanoTime();
        partial.toString().lines().forEach(line -> take(line, now));
        partial.setLength(0);
      }
      if (!stands) {
        from.request(1);
      }
      return null;
    }

    private void take(String line, long now) {
      if (line.contains("\"type\":\"connected\"")) {
        connected.countDown();
      }
      int begin = line.indexOf("\"@");
      if (begin >= 0 && count < took.length) {
        took[count++] = now - Long.parseLong(line, begin + 2, line.indexOf('@', begin + 2), 10);
        if (count == took.length) {
          complete.countDown();
        }
      }
    }
  }
}
