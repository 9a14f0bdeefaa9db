package dev.parley.gateway.transport.websocket;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrainTest {
  @ParameterizedTest
  @CsvSource({"0, 2, 0", "1000, 2, 0", "1001, 2, 1", "10000, 2, 1", "20000, 4, 2", "1001, 0, 1"})
  void manyAreAskedToComeBackMoreSlowlyThanTheyAreTold(int sessions, int seconds, int within) {
    assertEquals(within, Drain.within(sessions, Duration.ofSeconds(seconds)));
  }
}
