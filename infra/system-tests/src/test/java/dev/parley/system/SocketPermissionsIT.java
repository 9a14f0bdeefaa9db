package dev.parley.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.contracts.ConversationKind;
import dev.parley.testing.PermissionTable;
import dev.parley.testing.PermissionTable.Cell;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every operation over the socket by everybody on every kind of conversation, against the table in
/// `docs/permissions.md`. The operations over REST: `PermissionsIT` of message-service.
@ExtendWith(SharedStack.class)
class SocketPermissionsIT {
  private static final Set<String> OVER_THE_SOCKET =
      Set.of("list", "read", "mark read", "send", "signal");

  private static final Map<ConversationKind, Cast> CASTS = new EnumMap<>(ConversationKind.class);

  static Stream<Cell> cells() {
    return PermissionTable.cells().stream().filter(cell -> OVER_THE_SOCKET.contains(cell.row()));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theSocketAnswersWhatTheTableSays(Cell cell, Stack stack) throws Exception {
    Cast cast = CASTS.get(cell.kind());
    if (cast == null) {
      cast = Cast.of(stack, cell.kind());
      CASTS.put(cell.kind(), cast);
    }
    Set<String> verdicts = new LinkedHashSet<>();
    if (cell.relation().equals("anonymous")) {
      for (String operation : operations(cell.row())) {
        try (Live nobody = stack.socket().open()) {
          verdicts.add(perform(nobody, operation, cast));
          assertEquals(4401, nobody.closeCode());
        }
      }
    } else {
      Person person = cast.as(cell.relation());
      // Tokens of these tests are short-lived.
      person.logIn();
      for (String operation : operations(cell.row())) {
        verdicts.add(perform(stack, person, operation, cast));
      }
    }
    assertEquals(Set.of(cell.expected()), verdicts);
  }

  private static List<String> operations(String row) {
    return switch (row) {
      case "list" -> List.of("connected");
      case "read" -> List.of("subscribe", "history", "resume");
      case "mark read" -> List.of("read");
      case "send" -> List.of("send");
      case "signal" -> List.of("typing", "signal");
      default -> throw new IllegalArgumentException(row);
    };
  }

  private static String perform(Stack stack, Person person, String operation, Cast cast)
      throws Exception {
    if (operation.equals("resume")) {
      return resumed(stack, person, cast.conversation);
    }
    try (Live session = Live.connected(stack.socket(), person)) {
      if (operation.equals("connected")) {
        JsonNode connected = session.next(frame -> frame.has("conversations"));
        boolean listed =
            connected.get("conversations").findValuesAsText("conversation").stream()
                .anyMatch(cast.conversation::equals);
        return listed ? "yes" : "no";
      }
      if (operation.equals("typing") || operation.equals("signal")) {
        // These need a subscription; who may not have one is to be refused all the same.
        session.ask("subscribe", "conversation", cast.conversation);
      }
      return perform(session, operation, cast);
    }
  }

  private static String perform(Live session, String operation, Cast cast) throws Exception {
    String conversation = cast.conversation;
    return switch (operation) {
      case "connected" -> session.verdict("connect");
      case "resume" -> session.verdict("connect", "resume", Map.of(conversation, 0));
      case "read" -> session.verdict("read", "conversation", conversation, "seq", 1);
      case "signal" ->
          session.verdict(
              "signal", "conversation", conversation, "name", "cursor", "data", Map.of("x", 1));
      case "send" ->
          session.verdict(
              "send",
              "conversation",
              conversation,
              "message",
              UUID.randomUUID().toString(),
              "content",
              Map.of("text", "hi"));
      default -> session.verdict(operation, "conversation", conversation);
    };
  }

  /// A refused resume is a `left` and nothing else of the conversation.
  private static String resumed(Stack stack, Person person, String conversation) throws Exception {
    try (Live session = Live.connected(stack.socket(), person, Map.of(conversation, 0L))) {
      JsonNode first =
          session.next(frame ->
              !frame.has("conversations")
                  && frame.path("conversation").asText().equals(conversation));
      if (first.get("type").asText().equals("event")) {
        return "yes";
      }
      assertEquals("left", first.get("type").asText(), first::toString);
      session.ask("ping");
      assertEquals(
          1,
          session.heard().stream()
              .filter(frame -> frame.toString().contains(conversation))
              .count());
      return "not_found";
    }
  }
}
