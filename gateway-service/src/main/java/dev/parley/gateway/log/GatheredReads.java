package dev.parley.gateway.log;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.session.Refusal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// The reads that sessions do when they open, each kind put together into batches: memberships,
/// heads, what was missed. Any thread; nothing blocks.
final class GatheredReads {
  private static final int USERS = 200;
  private static final int HEADS = 5000;
  private static final int MISSED = 2500;

  /// What an ask for heads weighs at least: the message-service takes 1,000 of them at once.
  private static final int LEAST_HEADS = HEADS / 1000;

  private final Gathering<Memberships, LogClient.Memberships> memberships;
  private final Gathering<Heads, Map<UUID, Long>> heads;
  private final Gathering<Missed, Answer.Missed> missed;
  private final Gathering<Missed, Answer.Missed> holes;
  private final Reading reading;
  private final MeterRegistry registry;

  private record Memberships(UUID user, int limit) {}

  private record Heads(UUID user, Collection<UUID> conversations) {}

  private record Missed(UUID user, Part part) {}

  /// What several may ask for alike.
  private record Part(UUID conversation, long after, int limit) {}

  /// Posts a body to a path.
  interface Reading {
    <T> CompletionStage<T> post(String path, JsonObject body, Function<Answer, T> parse);
  }

  GatheredReads(Reading reading, int waiting, Gathering.Timer timer, MeterRegistry registry) {
    this.reading = reading;
    this.registry = registry;
    this.memberships =
        new Gathering<>(
            new Gathering.Ways<>(
                this::readMemberships,
                ask -> 1,
                USERS,
                waiting,
                timer,
                refused("memberships"),
                System::nanoTime));
    this.heads =
        new Gathering<>(
            new Gathering.Ways<>(
                this::readHeads,
                ask -> Math.max(LEAST_HEADS, ask.conversations().size()),
                HEADS,
                waiting,
                timer,
                refused("heads"),
                System::nanoTime));
    this.missed = missed(waiting, timer, "missed");
    this.holes = missed(waiting, timer, "holes");
    watch("memberships", memberships);
    watch("heads", heads);
    watch("missed", missed);
    watch("holes", holes);
  }

  private Gathering<Missed, Answer.Missed> missed(int waiting, Gathering.Timer timer, String kind) {
    return new Gathering<>(
        new Gathering.Ways<>(
            this::readMissed, ask -> 1, MISSED, waiting, timer, refused(kind), System::nanoTime));
  }

  private Runnable refused(String kind) {
    return Counter.builder("parley.gateway.log.refused")
            .description("reads that found too many others waiting")
            .tag("read", kind)
            .register(registry)
        ::increment;
  }

  private void watch(String kind, Gathering<?, ?> gathering) {
    Gauge.builder("parley.gateway.log.waiting", gathering, Gathering::waiting)
        .description("reads that wait to be put together")
        .tag("read", kind)
        .register(registry);
  }

  /// As [LogClient#memberships].
  CompletionStage<LogClient.Memberships> memberships(UUID user, int limit) {
    return memberships.ask(new Memberships(user, limit));
  }

  /// As [LogClient#heads].
  CompletionStage<Map<UUID, Long>> heads(UUID user, Collection<UUID> conversations) {
    return heads.ask(new Heads(user, List.copyOf(conversations)));
  }

  /// As [LogClient#missed].
  CompletionStage<LogClient.Page> missed(UUID user, UUID conversation, long after, int limit) {
    return read(missed, new Missed(user, new Part(conversation, after, limit)));
  }

  /// As [LogClient#hole].
  CompletionStage<LogClient.Page> hole(UUID user, UUID conversation, long after, int limit) {
    return read(holes, new Missed(user, new Part(conversation, after, limit)));
  }

  private static CompletionStage<LogClient.Page> read(
      Gathering<Missed, Answer.Missed> gathering, Missed ask) {
    return gathering
        .ask(ask)
        .thenCompose(answer -> {
          LogClient.Page page = answer.page();
          if (answer.refused().contains(ask.user())) {
            return CompletableFuture.failedStage(
                new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation."));
          }
          // Without a line the answer as a whole had no room for it.
          return page.lines().isEmpty() && page.more()
              ? read(gathering, ask)
              : CompletableFuture.completedStage(page);
        });
  }

  private CompletionStage<List<LogClient.Memberships>> readMemberships(List<Memberships> asks) {
    JsonArray users = new JsonArray();
    // A user who opens several sessions is asked for once.
    Map<UUID, Integer> places = new LinkedHashMap<>();
    int limit = 1;
    for (Memberships ask : asks) {
      if (places.putIfAbsent(ask.user(), places.size()) == null) {
        users.add(ask.user().toString());
      }
      limit = Math.max(limit, ask.limit());
    }
    return reading
        .post(
            "/internal/memberships",
            new JsonObject().put("users", users).put("limit", limit),
            Answer::memberships)
        .thenApply(answers ->
            asks.stream()
                .map(ask -> answers.get(Objects.requireNonNull(places.get(ask.user()))))
                .toList());
  }

  private CompletionStage<List<Map<UUID, Long>>> readHeads(List<Heads> asks) {
    JsonArray readers = new JsonArray();
    for (Heads ask : asks) {
      JsonArray ids = new JsonArray();
      ask.conversations().forEach(conversation -> ids.add(conversation.toString()));
      readers.add(new JsonObject().put("user", ask.user().toString()).put("conversations", ids));
    }
    return reading.post(
        "/internal/heads", new JsonObject().put("readers", readers), Answer::readers);
  }

  private CompletionStage<List<Answer.Missed>> readMissed(List<Missed> asks) {
    Map<Part, Set<UUID>> parts = new LinkedHashMap<>();
    asks.forEach(
        ask -> parts.computeIfAbsent(ask.part(), part -> new LinkedHashSet<>()).add(ask.user()));
    JsonArray missed = new JsonArray();
    parts.forEach((part, readers) -> {
      JsonArray users = new JsonArray();
      readers.forEach(user -> users.add(user.toString()));
      missed.add(
          new JsonObject()
              .put("conversation", part.conversation().toString())
              .put("after", part.after())
              .put("limit", part.limit())
              .put("users", users));
    });
    return reading
        .post("/internal/events", new JsonObject().put("missed", missed), Answer::missed)
        .thenApply(answers -> {
          // An answer has room for its first event at least. One that says that there is more and
          // shows nothing at all is not asked for again at once, and again.
          if (answers.stream().allMatch(answer -> answer.page().lines().isEmpty())
              && answers.stream().anyMatch(answer -> answer.page().more())) {
            throw new Unanswerable("an answer has no events and says that there are more");
          }
          Map<Part, Answer.Missed> byPart = new HashMap<>();
          parts.keySet().forEach(part -> byPart.put(part, answers.get(byPart.size())));
          return asks.stream().map(ask -> Objects.requireNonNull(byPart.get(ask.part()))).toList();
        });
  }
}
