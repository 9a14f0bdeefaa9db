package dev.parley.messages.conversation;

import static dev.parley.testing.Patience.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.probe.Rows;
import dev.parley.runtime.problem.Problem;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Whoever was removed does not see what was changed afterwards, however the two meet.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class ViewIT {
  private static final String WAITING =
      "SELECT count(*) FROM pg_locks WHERE relation = 'conversation'::regclass AND NOT granted";

  @Inject DataSource dataSource;
  @Inject PostgresDatabase database;
  @Inject Conversations conversations;

  private final UUID user = UUID.randomUUID();
  private Rows rows;
  private UUID conversation;

  @BeforeEach
  void openConversation() throws Exception {
    rows = new Rows(dataSource);
    conversation = rows.group(user, Role.MEMBER);
  }

  /// The standing was asked for in one transaction, and the title read in another.
  @Test
  void noPermissionIsOlderThanWhatItIsFor() {
    QuarkusMock.installMockForType(
        new PostgresStandings(database) {
          @Override
          Access.@Nullable Standing find(UUID asked, UUID about) {
            Access.Standing standing = super.find(asked, about);
            try (Connection connection = dataSource.getConnection()) {
              removeAndRename(connection);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
            return standing;
          }
        },
        PostgresStandings.class);
    assertEquals(null, conversations.view(user, conversation).title());
  }

  /// Were the member read before the conversation, this would show them the title.
  @Test
  void whoIsRemovedBetweenTheTwoReadsIsRefused() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor();
        Connection remover = dataSource.getConnection()) {
      remover.setAutoCommit(false);
      execute(remover, "LOCK TABLE conversation IN ACCESS EXCLUSIVE MODE");
      Future<ConversationView> view = threads.submit(() -> conversations.view(user, conversation));
      await().until(() -> rows.number(WAITING) > 0);
      removeAndRename(remover);
      remover.commit();
      ExecutionException failure = assertThrows(ExecutionException.class, view::get);
      Problem refusal = assertInstanceOf(Problem.class, failure.getCause());
      assertEquals(ErrorCode.NOT_FOUND, refusal.code());
    }
  }

  private void removeAndRename(Connection connection) throws SQLException {
    execute(
        connection,
        """
        DELETE FROM member WHERE conversation = '%1$s';
        UPDATE conversation SET title = 'secret' WHERE id = '%1$s'
        """
            .formatted(conversation));
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
