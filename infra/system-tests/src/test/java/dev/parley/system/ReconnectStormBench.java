package dev.parley.system;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What it costs the database that the gateway with all sessions is killed: those of 5,000 people,
/// each in 20 groups of 51, in all of which something is said while they are away. The same is said
/// once with everybody there; what the storm costs is what is executed more often than then. Takes a quarter of an hour
/// and is not part of the ordinary test run:
///
///     ./parley test -Dtest=NONE -Dit.test=ReconnectStormBench \
///         -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
class ReconnectStormBench {
  private static final int PEOPLE = 5_000;
  private static final int MEMBERS = 50;
  private static final int SPEAKERS = 4;
  private static final int MOST_STATEMENTS = 500;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// None has a factor in common with the number of people: each puts them into an order of its
  /// own, which is cut into groups.
  private static final List<Integer> STRIDES =
      List.of(1, 3, 7, 9, 11, 13, 17, 19, 21, 23, 27, 29, 31, 33, 37, 39, 41, 43, 47, 49);

  private static final int GROUPS = STRIDES.size() * PEOPLE / MEMBERS;

  /// @param group its id
  /// @param speaker who says something in it, as a number
  private record Group(String group, int speaker) {}

  private final Map<String, Long> heads = new ConcurrentHashMap<>();
  private final AtomicReference<String> wrong = new AtomicReference<>();

  @Test
  void resumesOfFiveThousandAreFewStatements() throws Exception {
    String[] settings =
        Stream.concat(
                Stream.of(
                    "auth.parley.auth.limits.registrations-per-address=1000000",
                    "auth.parley.auth.access-token.life=1h"),
                Stream.of(LoggedStatements.SETTINGS))
            .toArray(String[]::new);
    try (ProcessStack stack = ProcessStack.up("reconnect-storm-bench", settings);
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Person> people = each(threads, PEOPLE, n -> Person.registered(stack));
      List<Person> speakers = each(threads, SPEAKERS, n -> Person.registered(stack));
      List<Group> groups = each(threads, GROUPS, n -> opened(n, people, speakers));
      List<ReturningClient> clients = clients(people, stack.gatewayAddress(2));
      clients.forEach(client -> client.open(stack.gatewayAddress(1)));
      await()
          .atMost(PATIENCE)
          .until(() -> clients.stream().allMatch(client -> client.seen().size() == STRIDES.size()));
      clients.forEach(client -> heads.putAll(client.seen()));
      awaitAll(clients);

      LoggedStatements before = new LoggedStatements(stack);
      say(threads, stack, speakers, groups);
      awaitAll(clients);
      Map<String, Integer> usual = before.count();

      LoggedStatements since = new LoggedStatements(stack);
      long began = System.nanoTime();
      stack.kill("gateway-1");
      say(threads, stack, speakers, groups);
      awaitAll(clients);
      System.out.printf(
          Locale.ROOT,
          "%d sessions had caught up %.1f s after the kill; %d times one was not let in%n",
          clients.size(),
          (System.nanoTime() - began) / 1e9,
          clients.stream().mapToInt(ReturningClient::refused).sum());
      int more = difference(since.count(), usual);
      System.out.printf("%d statements more than without the kill%n", more);
      assertNull(wrong.get());
      assertTrue(more <= MOST_STATEMENTS, more + " statements");
    }
  }

  private static int difference(Map<String, Integer> storm, Map<String, Integer> usual) {
    Map<String, Integer> all = new HashMap<>(storm);
    usual.keySet().forEach(statement -> all.putIfAbsent(statement, 0));
    all.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .forEach(one -> {
          String text = one.getKey();
          System.out.printf(
              "%6d, %6d without the kill: %s%n",
              one.getValue(),
              usual.getOrDefault(text, 0),
              text.substring(0, Math.min(120, text.length())));
        });
    return all.entrySet().stream()
        .mapToInt(one -> Math.max(0, one.getValue() - usual.getOrDefault(one.getKey(), 0)))
        .sum();
  }

  private Group opened(int number, List<Person> people, List<Person> speakers)
      throws IOException, InterruptedException {
    int stride = STRIDES.get(number / (PEOPLE / MEMBERS));
    int first = number % (PEOPLE / MEMBERS) * MEMBERS;
    List<Integer> members =
        IntStream.range(first, first + MEMBERS)
            .mapToObj(n -> (int) ((long) n * stride % PEOPLE))
            .toList();
    int speaker = number % SPEAKERS;
    String group =
        speakers
            .get(speaker)
            .opened("group", members.stream().map(people::get).toArray(Person[]::new));
    return new Group(group, speaker);
  }

  private List<ReturningClient> clients(List<Person> people, URI second) {
    return people.stream().map(person -> new ReturningClient(person, second, wrong)).toList();
  }

  /// A message in every group; on return all are acknowledged.
  private void say(
      ExecutorService threads, ProcessStack stack, List<Person> speakers, List<Group> groups)
      throws Exception {
    each(
        threads,
        SPEAKERS,
        n -> {
          try (Live live = Live.connected(stack.gateway(2), speakers.get(n))) {
            Map<Long, String> sent = new LinkedHashMap<>();
            for (Group group : groups) {
              if (group.speaker() == n) {
                sent.put(live.send(group.group(), UUID.randomUUID(), "hello"), group.group());
              }
            }
            for (var one : sent.entrySet()) {
              heads.put(one.getValue(), live.reply(one.getKey()).get("seq").asLong());
            }
          }
          return n;
        });
  }

  private void awaitAll(List<ReturningClient> clients) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() ->
            wrong.get() != null || clients.stream().allMatch(client -> client.hasSeen(heads)));
    assertNull(wrong.get());
  }

  private interface Task<T> {
    T of(int number) throws Exception;
  }

  private static <T> List<T> each(ExecutorService threads, int number, Task<T> task)
      throws Exception {
    List<Callable<T>> tasks =
        IntStream.range(0, number).<Callable<T>>mapToObj(n -> () -> task.of(n)).toList();
    List<T> results = new ArrayList<>();
    for (var done : threads.invokeAll(tasks)) {
      results.add(done.get());
    }
    return results;
  }
}
