package dev.parley.messages.permission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.messages.permission.Operation.Add;
import dev.parley.messages.permission.Operation.Ban;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.permission.Operation.Remove;
import dev.parley.testing.PermissionTable;
import dev.parley.testing.PermissionTable.Cell;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PermissionsTest {
  // A list is read by user, and anonymous requests do not get as far as this function.
  static Stream<Cell> cells() {
    return PermissionTable.cells().stream()
        .filter(cell -> !cell.row().equals("list") && !cell.relation().equals("anonymous"));
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theFunctionSaysWhatTheTableSays(Cell cell) {
    Decision decision =
        Permissions.decide(cell.kind(), role(cell.relation()), operation(cell.row()));
    String said =
        switch (decision) {
          case Decision.Allowed yes -> "yes";
          case Decision.Refused no -> no.code().wire();
        };
    assertEquals(cell.expected(), said);
  }

  @Test
  void theTableNamesEveryKindAndIsNotEmpty() {
    List<Cell> cells = PermissionTable.cells();
    for (ConversationKind kind : ConversationKind.values()) {
      assertFalse(cells.stream().filter(cell -> cell.kind() == kind).toList().isEmpty());
    }
    assertEquals(20 * 8 * 2 + 16 * 3, cells.size());
  }

  @ParameterizedTest
  @EnumSource(Plain.class)
  void whoMayNotReadLearnsNothing(Plain operation) {
    assertSame(Permissions.UNKNOWN, Permissions.decide(ConversationKind.GROUP, null, operation));
    assertSame(Permissions.UNKNOWN, Permissions.decide(ConversationKind.DIRECT, null, operation));
    for (ConversationKind kind : ConversationKind.values()) {
      assertSame(Permissions.UNKNOWN, Permissions.decide(kind, Role.BANNED, operation));
    }
  }

  @Test
  void nobodyIsAddedAsBanned() {
    for (Role role : Role.values()) {
      assertFalse(Permissions.decide(ConversationKind.GROUP, role, new Add(Role.BANNED)).allowed());
    }
  }

  private static Role role(String relation) {
    return switch (relation) {
      case "owner" -> Role.OWNER;
      case "moderator" -> Role.MODERATOR;
      case "member" -> Role.MEMBER;
      case "reader" -> Role.READER;
      case "banned" -> Role.BANNED;
      case "former", "stranger" -> null;
      default -> throw new IllegalArgumentException(relation);
    };
  }

  private static Operation operation(String row) {
    return switch (row) {
      case "read" -> Plain.READ;
      case "mark read" -> Plain.MARK_READ;
      case "send" -> Plain.SEND;
      case "signal" -> Plain.SIGNAL;
      case "update" -> Plain.UPDATE;
      case "see bans" -> Plain.READ_BANNED;
      case "add a member" -> new Add(Role.MEMBER);
      case "add a moderator" -> new Add(Role.MODERATOR);
      case "add an owner" -> new Add(Role.OWNER);
      case "remove a member" -> new Remove(Role.MEMBER);
      case "remove a moderator" -> new Remove(Role.MODERATOR);
      case "remove an owner" -> new Remove(Role.OWNER);
      case "ban a member" -> new Ban(Role.MEMBER);
      case "ban a moderator" -> new Ban(Role.MODERATOR);
      case "ban a stranger" -> new Ban(null);
      case "lift a ban" -> new Remove(Role.BANNED);
      case "change a role" -> Plain.CHANGE_ROLE;
      case "join" -> Plain.JOIN;
      case "leave" -> Plain.LEAVE;
      default -> throw new IllegalArgumentException(row);
    };
  }
}
