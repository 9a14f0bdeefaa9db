package dev.parley.messages.membership;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.parley.contracts.Role;
import dev.parley.messages.database.PostgresDatabase;
import dev.parley.messages.probe.Rows;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusMock;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whoever stops being allowed to see the members while a page is read does not get it: it may tell
/// of those who came afterwards.
@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class MembersPageIT {
  @Inject DataSource dataSource;
  @Inject PostgresDatabase database;

  private final UUID user = UUID.randomUUID();

  @ParameterizedTest
  @ValueSource(strings = {"", "?role=banned"})
  void whoIsRemovedMeanwhileIsRefused(String query) throws Exception {
    UUID group = new Rows(dataSource).group(user, Role.MODERATOR);
    beforeThePage("DELETE FROM member WHERE user_id = ?");
    given()
        .auth()
        .oauth2(TokenIssuer.shared().token(user))
        .get("/api/conversations/" + group + "/members" + query)
        .then()
        .statusCode(404)
        .body("code", equalTo("not_found"));
  }

  @Test
  void whoIsNoModeratorAnyMoreDoesNotSeeWhoIsBanned() throws Exception {
    UUID group = new Rows(dataSource).group(user, Role.MODERATOR);
    beforeThePage("UPDATE member SET role = 'MEMBER' WHERE user_id = ?");
    given()
        .auth()
        .oauth2(TokenIssuer.shared().token(user))
        .get("/api/conversations/" + group + "/members?role=banned")
        .then()
        .statusCode(403);
  }

  private void beforeThePage(String sql) {
    QuarkusMock.installMockForType(
        new PostgresMembers(database) {
          @Override
          MemberList page(UUID conversation, @Nullable UUID after, int limit, boolean banned) {
            try {
              new Rows(dataSource).run(sql, user);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
            return super.page(conversation, after, limit, banned);
          }
        },
        PostgresMembers.class);
  }
}
