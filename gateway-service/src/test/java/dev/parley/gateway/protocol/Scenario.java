package dev.parley.gateway.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.json.JsonLimits;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.presence.PresenceStatus;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.contracts.signal.Signal;
import dev.parley.gateway.command.Commands;
import dev.parley.gateway.kafka.Loss;
import dev.parley.gateway.limit.LimitConfig;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.presence.PresenceClient;
import dev.parley.gateway.presence.SessionReports;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.token.Tokens;
import dev.parley.runtime.token.Caller;
import dev.parley.runtime.token.Verdict;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// One session among fakes, with time that passes when the test says so.
final class Scenario implements Tokens, Commands, SessionReports, PresenceClient {
  static final UUID USER = UUID.fromString("00000000-0000-7000-8000-0000000000a1");
  static final UUID SESSION = UUID.fromString("00000000-0000-7000-8000-000000000051");
  static final UUID C = UUID.fromString("00000000-0000-7000-8000-0000000000c1");
  static final UUID M = UUID.fromString("00000000-0000-7000-8000-0000000000d1");
  static final Instant START = Instant.parse("2026-01-31T09:00:00Z");

  final FakeOutlet outlet = new FakeOutlet();
  final FakeSubscriptions subscriptions = new FakeSubscriptions();
  final Map<String, Verdict> verdicts = new HashMap<>();
  final Set<Tokens.Holder> watched = new HashSet<>();
  boolean revokedMeanwhile;
  final List<Command> commands = new ArrayList<>();
  final List<Signal> signals = new ArrayList<>();
  final List<Consumer<Loss>> losses = new ArrayList<>();
  final List<String> reports = new ArrayList<>();
  final Set<UUID> related = new HashSet<>();
  final Set<UUID> unknown = new HashSet<>();
  CompletableFuture<LogClient.Page> page = new CompletableFuture<>();
  CompletableFuture<Void> statusesRead = CompletableFuture.completedFuture(null);
  final LimitConfig limits = limits(Map.of());
  FakeUserSessions users = new FakeUserSessions(limits.sessionsPerUser());
  Optional<SlotAddress> slot = Optional.of(new SlotAddress(7, "1-ab"));
  Session session;
  private long nanos;

  Scenario() {
    verdicts.put("good", new Verdict.Accepted(caller(USER, Duration.ofMinutes(15))));
  }

  static Caller caller(UUID user, Duration life) {
    return new Caller(user, new UUID(9, 9), START, START.plus(life));
  }

  Scenario accept(String bearerToken) {
    SessionPorts ports =
        new SessionPorts(
            () -> slot,
            this,
            users,
            limits,
            JsonLimits.COMMAND,
            subscriptions,
            this,
            log(),
            this,
            this,
            new Greeting(25, "0.1", Map.of("message", 65536)),
            new CommandMetrics(new SimpleMeterRegistry()),
            () -> nanos,
            () -> SESSION);
    session = new Session(ports, outlet, bearerToken, ended -> {});
    return this;
  }

  /// A session that is open; nothing that led to it is left in what was sent.
  static Scenario open() {
    Scenario scenario = new Scenario().accept(null);
    scenario.says("{\"id\":1,\"type\":\"connect\",\"token\":\"good\"}");
    scenario.outlet.sent.clear();
    scenario.subscriptions.calls.clear();
    return scenario;
  }

  Scenario says(String message) {
    session.received(message.getBytes(UTF_8));
    outlet.settle();
    return this;
  }

  Scenario passes(Duration time) {
    nanos += time.toNanos();
    session.tick(nanos, START.toEpochMilli() + nanos / 1_000_000);
    outlet.settle();
    return this;
  }

  Scenario hears(String... objects) {
    assertEquals(List.of(objects), outlet.sent);
    outlet.sent.clear();
    return this;
  }

  Scenario hearsNothing() {
    return hears();
  }

  Scenario hearsError(long id, String code) {
    assertEquals(1, outlet.sent.size(), outlet.sent::toString);
    String head = "{\"id\":" + id + ",\"type\":\"error\",\"code\":\"" + code + "\"";
    String error = outlet.sent.getFirst();
    assertEquals(head, error.substring(0, head.length()));
    assertTrue(!code.equals("unavailable") || error.endsWith(",\"retryAfter\":1000}"), error);
    outlet.sent.clear();
    return this;
  }

  void isOpen() {
    assertEquals(null, outlet.closed);
  }

  void isClosed(CloseCode code) {
    assertEquals(code, outlet.closed);
  }

  @Override
  public CompletionStage<Verdict> verify(String token) {
    return CompletableFuture.completedStage(
        verdicts.getOrDefault(token, new Verdict.Refused("test")));
  }

  @Override
  public boolean watch(Tokens.Holder login) {
    return !revokedMeanwhile && watched.add(login);
  }

  @Override
  public void forget(Tokens.Holder login) {
    watched.remove(login);
  }

  @Override
  public void publish(Command command, Consumer<Loss> onLoss) {
    commands.add(command);
    losses.add(onLoss);
  }

  @Override
  public void publish(Signal signal, Consumer<Loss> onLoss) {
    signals.add(signal);
    losses.add(onLoss);
  }

  @Override
  public void opened(UUID user, UUID opened) {
    reports.add("opened");
  }

  @Override
  public void status(UUID user, UUID of, PresenceStatus status, String text) {
    reports.add(status.wire() + " " + text);
  }

  @Override
  public void closed(UUID user, UUID closed) {
    reports.add("closed");
  }

  @Override
  public CompletionStage<Set<UUID>> related(UUID user, List<UUID> others) {
    return CompletableFuture.completedStage(related);
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(UUID user, Set<UUID> of) {
    Map<UUID, Shown> statuses = new LinkedHashMap<>();
    of.stream()
        .filter(one -> !unknown.contains(one))
        .forEach(one ->
            statuses.put(
                one,
                new Shown(JsonText.of("{\"user\":\"" + one + "\",\"status\":\"online\"}"), 1)));
    return statusesRead.thenApply(read -> statuses);
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(Set<UUID> of) {
    throw new AssertionError("a session asks in its user's name");
  }

  private LogClient log() {
    return (LogClient)
        Proxy.newProxyInstance(
            LogClient.class.getClassLoader(),
            new Class<?>[] {LogClient.class},
            (proxy, method, args) -> page);
  }

  static LimitConfig limits(Map<String, Object> changed) {
    Map<String, Object> values =
        new HashMap<>(
            Map.of(
                "commandsPerSecond", 500,
                "commandBurst", 1000,
                "sessionsPerUser", 2,
                "watched", 3,
                "unanswered", 1000,
                "connectWithin", Duration.ofSeconds(10),
                "replyWithin", Duration.ofSeconds(15)));
    values.putAll(changed);
    return (LimitConfig)
        Proxy.newProxyInstance(
            LimitConfig.class.getClassLoader(),
            new Class<?>[] {LimitConfig.class},
            (proxy, method, args) -> values.get(method.getName()));
  }
}
