package dev.parley.runtime.instances;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstancesTest {
  private static final URI ONE = URI.create("http://one");
  private static final URI TWO = URI.create("http://two");

  @Test
  void theNextIsAskedOnceOneIsUnreachableAndTheFirstAfterTheLast() {
    Instances instances = new Instances(List.of(ONE, TWO));
    assertEquals(ONE, instances.current());
    instances.unreachable(ONE);
    assertEquals(TWO, instances.current());
    instances.unreachable(TWO);
    assertEquals(ONE, instances.current());
  }

  @Test
  void whoFindsOutLateMovesNothing() {
    Instances instances = new Instances(List.of(ONE, TWO));
    instances.unreachable(ONE);
    instances.unreachable(ONE);
    assertEquals(TWO, instances.current());
  }

  @Test
  void noAddressIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Instances(List.of()));
  }
}
