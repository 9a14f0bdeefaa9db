package dev.parley.messages.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.ConversationKind;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.PermissionTable;
import dev.parley.testing.PermissionTable.Cell;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class PermissionsIT {
  // Not over REST.
  private static final Set<String> SOCKET_ONLY = Set.of("mark read", "signal");

  // Conversations in which nothing has been changed yet: what is refused leaves no trace.
  private static final Map<ConversationKind, Cast> UNCHANGED =
      new EnumMap<>(ConversationKind.class);

  static Stream<Cell> cells() {
    return PermissionTable.cells().stream().filter(cell -> !SOCKET_ONLY.contains(cell.row()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void restAnswersWhatTheTableSays(Cell cell) {
    Cast cast = UNCHANGED.computeIfAbsent(cell.kind(), Cast::new);
    int before = head(cast);
    assertEquals(cell.expected(), perform(cell.row(), cast, cast.as(cell.relation())));
    if (!cell.expected().equals("yes")) {
      assertEquals(before, head(cast), "a refused operation left an event");
    } else {
      UNCHANGED.remove(cell.kind());
    }
  }

  private static String perform(String row, Cast cast, Person actor) {
    String c = cast.conversation;
    return switch (row) {
      case "list" -> listed(cast, actor);
      case "read" ->
          Stream.of("", "/events", "/messages", "/members")
              .map(path -> said(actor.get(c + path)))
              .distinct()
              .reduce((one, other) -> one + " and " + other)
              .orElseThrow();
      case "send" -> said(actor.send(c, "{\"text\":\"hi\"}"));
      case "update" -> said(actor.patch(c, Map.of("topic", "new")));
      case "see bans" -> said(actor.get(c + "/members?role=banned"));
      case "add a member" -> said(add(cast, actor, "member"));
      case "add a moderator" -> said(add(cast, actor, "moderator"));
      case "add an owner" -> said(add(cast, actor, "owner"));
      case "remove a member" -> said(remove(cast, actor, cast.memberAbout));
      case "remove a moderator" -> said(remove(cast, actor, cast.moderatorAbout));
      case "remove an owner" -> said(remove(cast, actor, cast.ownerAbout));
      case "ban a member" -> said(give(cast, actor, cast.memberAbout, "banned"));
      case "ban a moderator" -> said(give(cast, actor, cast.moderatorAbout, "banned"));
      case "ban a stranger" -> said(give(cast, actor, cast.newcomer, "banned"));
      case "lift a ban" -> said(remove(cast, actor, cast.bannedAbout));
      case "change a role" -> said(give(cast, actor, cast.memberAbout, "reader"));
      case "join" -> said(actor.post(c + "/join", "{}"));
      case "leave" -> said(actor.post(c + "/leave", "{}"));
      default -> throw new IllegalArgumentException(row);
    };
  }

  private static String listed(Cast cast, Person actor) {
    Response list = actor.get("");
    if (list.statusCode() != 200) {
      return said(list);
    }
    List<String> conversations = list.path("conversations.conversation");
    return conversations.contains(cast.conversation.substring(1)) ? "yes" : "no";
  }

  private static Response add(Cast cast, Person actor, String role) {
    return actor.post(
        cast.conversation + "/members", Map.of("user", cast.newcomer.id(), "role", role));
  }

  private static Response remove(Cast cast, Person actor, Person about) {
    return actor.delete(cast.conversation + "/members/" + about.id());
  }

  private static Response give(Cast cast, Person actor, Person about, String role) {
    return actor.patch(cast.conversation + "/members/" + about.id(), Map.of("role", role));
  }

  private static int head(Cast cast) {
    return cast.as("member").get(cast.conversation).then().extract().path("seq");
  }

  private static String said(Response response) {
    return response.statusCode() < 300
        ? "yes"
        : Objects.toString(response.path("code"), "status " + response.statusCode());
  }
}
