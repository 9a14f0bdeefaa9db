package dev.parley.runtime.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ProblemMappersTest {
  private final ProblemMappers mappers = new ProblemMappers();

  /// Each client that gave up waiting was an error with a stack trace in the log.
  @Test
  void clientThatWentAwayIsNoFailureOfOurs() {
    assertStatus(400, new IOException(new IOException(new HttpClosedException("closed"))));
    assertStatus(400, new IOException(new ClosedChannelException()));
    assertStatus(500, new IOException("No space left on device"));
  }

  @Test
  void databaseThatCannotAnswerNowIsUnavailable() {
    IllegalStateException idle = new IllegalStateException(new SQLException("idle", "25P03"));
    assertEquals(503, mappers.unexpected(idle).getStatus());
    IllegalStateException wrong = new IllegalStateException(new SQLException("wrong", "42601"));
    assertEquals(500, mappers.unexpected(wrong).getStatus());
  }

  private void assertStatus(int status, IOException failure) {
    try (Response response = mappers.abandoned(failure)) {
      assertEquals(status, response.getStatus());
    }
  }
}
