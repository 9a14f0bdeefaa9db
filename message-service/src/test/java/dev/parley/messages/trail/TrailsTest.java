package dev.parley.messages.trail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.runtime.trail.Answer;
import dev.parley.runtime.trail.Collected;
import dev.parley.runtime.trail.Step;
import dev.parley.runtime.trail.TrailRing.Entry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TrailsTest {
  private static final UUID C = UUID.randomUUID();
  private static final UUID M = UUID.randomUUID();
  private static final Optional<PostgresTrail.Logged> LOGGED =
      Optional.of(new PostgresTrail.Logged(58, 2_000, UUID.randomUUID(), false));

  @Test
  void aWholeStoryIsTold() {
    Trail trail =
        trail(
            LOGGED,
            messages(entry(Step.COMMITTED, 2_001, 58, 1_000), entry(Step.ROUTED, 2_002, 0b101, 0)),
            gateway(
                "1.1-a",
                entry(Step.RECEIVED, 1_000, 0, 0),
                entry(Step.ARRIVED, 2_010, 0, 0),
                entry(Step.WRITTEN, 2_011, 2, 0),
                entry(Step.WRITTEN, 2_012, 1, 0)),
            gateway("3.2-b", entry(Step.UNWANTED, 2_011, 0, 0)),
            gateway("4.3-c"));
    assertEquals(
        new Trail.Received("1970-01-01T00:00:01.000Z", "socket", "1.1-a", 1), trail.received());
    assertEquals(58, trail.committed().seq());
    assertEquals(List.of(1, 3), trail.routed().getFirst().slots());
    assertEquals(3, trail.gateways().get(0).sessions());
    assertNull(trail.gateways().get(0).why());
    assertEquals("Nobody on this gateway was subscribed.", trail.gateways().get(1).why());
    assertEquals(
        "It was not sent here: nobody on this gateway was subscribed.",
        trail.gateways().get(2).why());
    assertEquals(List.of(), trail.unknown());
  }

  @Test
  void whatWasSentAndNotReadIsNamed() {
    Trail trail = trail(LOGGED, messages(entry(Step.BROADCAST, 2_002, 0, 0)), gateway("1.1-a"));
    assertTrue(trail.gateways().getFirst().why().contains("has not been read"));
  }

  @Test
  void whatWaitsForAnEarlierEventIsNamed() {
    Trail trail = trail(LOGGED, messages(), gateway("1.1-a", entry(Step.ARRIVED, 2_003, 0, 0)));
    assertTrue(trail.gateways().getFirst().why().contains("waits for an event before it"));
  }

  @Test
  void whoCatchesUpGetsItFromTheLog() {
    Trail trail = trail(LOGGED, messages(), gateway("1.1-a", entry(Step.WRITTEN, 2_003, 1, 4)));
    assertTrue(trail.gateways().getFirst().why().contains("(4)"));
    assertEquals(1, trail.gateways().getFirst().sessions());
  }

  @Test
  void aRefusalIsTold() {
    Trail trail =
        trail(
            Optional.empty(),
            messages(entry(Step.REFUSED, 2_000, ErrorCode.FORBIDDEN.status(), 1_500)));
    assertNull(trail.committed());
    assertEquals("forbidden", trail.decided().getFirst().result());
    // Its gateway remembers nothing any more; the command carried the time along.
    assertEquals("1970-01-01T00:00:01.500Z", trail.received().at());
  }

  @Test
  void whoDoesNotAnswerIsNamed() {
    Trail trail =
        Trails.of(
            C, M, LOGGED, new Collected(true, List.of(), List.of(new SlotAddress(7, "9-z")), 2));
    assertEquals(7, trail.gateways().getFirst().slot());
    assertTrue(trail.gateways().getFirst().why().contains("did not answer"));
    assertTrue(trail.unknown().getFirst().endsWith("2."), trail.unknown()::toString);
  }

  @Test
  void withoutRedisTheLogIsTold() {
    Trail trail = Trails.of(C, M, LOGGED, new Collected(false, List.of(), List.of(), 0));
    assertEquals(58, trail.committed().seq());
    assertTrue(trail.unknown().getFirst().contains("Redis"));
  }

  private static Trail trail(Optional<PostgresTrail.Logged> logged, Answer... answers) {
    return Trails.of(C, M, logged, new Collected(true, List.of(answers), List.of(), 0));
  }

  private static Answer messages(Entry... entries) {
    return new Answer("message-service", null, List.of(entries));
  }

  private static Answer gateway(String slot, Entry... entries) {
    return new Answer("gateway-service", slot, List.of(entries));
  }

  private static Entry entry(Step step, long at, long first, long second) {
    return new Entry(step, at, first, second);
  }
}
