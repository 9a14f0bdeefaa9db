package dev.parley.gateway.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.contracts.CloseCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// A session whose gateway stops goes when it has been sent what it is owed.
class LeaveTest {
  private static final String SEND =
      "{\"id\":5,\"type\":\"send\",\"conversation\":\""
          + Scenario.C
          + "\",\"message\":\""
          + Scenario.M
          + "\",\"content\":{}}";

  private final Scenario scenario = Scenario.open();

  @Test
  void sessionThatIsOwedNothingGoesAtOnce() {
    leave();
    scenario.isClosed(CloseCode.RESTART);
  }

  @Test
  void sessionWaitsForTheReplyThatItIsOwedAndSendsNothingMore() {
    scenario.says(SEND);
    leave();
    scenario.isOpen();
    assertTrue(scenario.outlet.paused);
    scenario.says(SEND);
    assertEquals(1, scenario.commands.size());
    scenario.session.settle(1);
    scenario.isOpen(); // Whoever settles sends the reply now.
    scenario.outlet.settle();
    scenario.isClosed(CloseCode.RESTART);
  }

  @Test
  void sessionDoesNotWaitForEver() {
    scenario.says(SEND);
    leave();
    scenario.passes(Duration.ofMillis(4_900)).hearsNothing().isOpen();
    scenario.passes(Duration.ofMillis(200)).isClosed(CloseCode.RESTART);
  }

  private void leave() {
    scenario.session.restarting(() -> scenario.session.close(CloseCode.RESTART, "test"));
    scenario.outlet.settle();
  }
}
