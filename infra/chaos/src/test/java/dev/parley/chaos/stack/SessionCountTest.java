package dev.parley.chaos.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class SessionCountTest {
  @Test
  void onlySessionsAreCounted() throws IOException {
    assertEquals(
        12,
        SessionCount.in(
            """
            HTTP/1.1 200 OK

            # TYPE parley_gateway_sessions gauge
            parley_gateway_sessions 12.0
            parley_gateway_sessions_closed_total{reason="idle"} 40.0
            """));
    assertEquals(
        3,
        SessionCount.in(
            """
            # TYPE parley_gateway_sessions gauge
            parley_gateway_sessions{gateway="a"} 3.0
            """));
    assertEquals(0, SessionCount.in("# TYPE jvm_threads_live_threads gauge"));
  }

  /// Silence passed for a gateway without sessions.
  @Test
  void anythingElseIsNoAnswer() {
    assertThrows(IOException.class, () -> SessionCount.in("HTTP/1.1 404 Not Found"));
  }
}
