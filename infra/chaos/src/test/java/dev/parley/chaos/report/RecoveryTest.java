package dev.parley.chaos.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.chaos.fault.InjectedFault;
import dev.parley.chaos.schedule.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
  private static final InjectedFault ALONE = fault(10, 20);

  @Test
  void countsFromTheEndToTheNextAcknowledgementAndTheLastWhoWasBehind() {
    Recovery recovery =
        Recovery.of(
            ALONE,
            List.of(ALONE),
            witnessed(seconds(9, 12, 23, 24, 29), seconds(11, 15, 26)),
            micros(30));
    assertEquals(micros(3), recovery.firstAcknowledged());
    assertEquals(micros(6), recovery.caughtUp());
    assertEquals(micros(16), recovery.caughtUpFromBegin());
    assertEquals(micros(11), recovery.longestPause());
  }

  @Test
  void whoeverWasCaughtUpBeforeTheEndNeededNoTime() {
    Recovery recovery =
        Recovery.of(ALONE, List.of(ALONE), witnessed(seconds(20), seconds(5, 12)), micros(30));
    assertEquals(0, recovery.firstAcknowledged());
    assertEquals(0, recovery.caughtUp());
    assertEquals(micros(2), recovery.caughtUpFromBegin());
  }

  @Test
  void nobodyBehindAndNothingAcknowledgedIsTheWholeTime() {
    Recovery recovery =
        Recovery.of(ALONE, List.of(ALONE), witnessed(seconds(), seconds()), micros(30));
    assertEquals(micros(10), recovery.firstAcknowledged());
    assertEquals(0, recovery.caughtUp());
    assertEquals(0, recovery.caughtUpFromBegin());
    assertEquals(micros(20), recovery.longestPause());
  }

  @Test
  void overlappingFaultsRecoverFromTheirCommonEnd() {
    InjectedFault other = fault(15, 25);
    List<InjectedFault> round = List.of(ALONE, other);
    Recovery first = Recovery.of(ALONE, round, witnessed(seconds(21), seconds(24, 27)), micros(30));
    assertEquals(micros(1), first.firstAcknowledged());
    assertEquals(micros(2), first.caughtUp());
    assertNull(first.caughtUpFromBegin());
    assertNull(first.longestPause());
  }

  @Test
  void whatComesAfterTheNextFaultBeganIsTheNextOnes() {
    InjectedFault next = fault(25, 28);
    List<InjectedFault> round = List.of(ALONE, next);
    Recovery first =
        Recovery.of(ALONE, round, witnessed(seconds(21), seconds(22, 27, 29)), micros(30));
    assertEquals(micros(2), first.caughtUp());
    Recovery second =
        Recovery.of(next, round, witnessed(seconds(21), seconds(22, 27, 29)), micros(30));
    assertEquals(micros(1), second.caughtUp());
  }

  @Test
  void spreadNamesMedianAndWorst() {
    List<Long> times = List.of(5_000L, 1_000L, 3_000L, 100_000L);
    assertEquals(new Spread(4, 3, 100, 100), Spread.of(times));
    assertEquals(new Spread(0, 0, 0, 0), Spread.of(List.of()));
  }

  @Test
  void deliveriesAndRefusalsMeanwhileAreCounted() {
    Moments delivered = new Moments();
    List.of(9L, 11L, 21L, 31L).forEach(second -> delivered.add(micros(second), second));
    Moments refused = new Moments();
    refused.add(micros(12), 0);
    Witnessed witnessed = new Witnessed(List.of(), List.of(), delivered.seen(), refused.seen());
    Recovery recovery = Recovery.of(ALONE, List.of(ALONE), witnessed, micros(30));
    assertEquals(List.of(11L, 21L), recovery.delivered());
    assertEquals(1, recovery.refused());
  }

  private static Witnessed witnessed(long[] acknowledged, long[] behind) {
    return new Witnessed(seen(acknowledged), seen(behind), List.of(), List.of());
  }

  private static List<Moments.Moment> seen(long... times) {
    Moments moments = new Moments();
    for (long time : times) {
      moments.add(time, 0);
    }
    return moments.seen();
  }

  private static InjectedFault fault(long from, long to) {
    return new InjectedFault(FaultKind.KILL, "gateway-1", micros(from), micros(to));
  }

  private static long[] seconds(long... seconds) {
    long[] micros = new long[seconds.length];
    for (int i = 0; i < seconds.length; i++) {
      micros[i] = micros(seconds[i]);
    }
    return micros;
  }

  private static long micros(long seconds) {
    return seconds * 1_000_000;
  }
}
