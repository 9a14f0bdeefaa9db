package dev.parley.messages.permission;

import static dev.parley.contracts.Role.MEMBER;
import static dev.parley.contracts.Role.MODERATOR;
import static dev.parley.contracts.Role.OWNER;
import static dev.parley.contracts.Role.READER;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.messages.permission.Operation.Plain;
import org.jspecify.annotations.Nullable;

/// The one place where it is decided who may do what (law 9): REST, internal reads, the commands'
/// pipeline and signals all ask here, with the role that they read under the conversation's lock
/// where the operation changes something. Pure; what is not allowed below is refused.
///
/// Whoever may not read a conversation is told that it does not exist, in the very words used for
/// one that does not. That the last owner stays is a rule on the whole membership and is kept where
/// memberships are changed.
public final class Permissions {
  /// The answer for a conversation that does not exist.
  public static final Decision.Refused UNKNOWN =
      new Decision.Refused(ErrorCode.NOT_FOUND, "There is no such conversation.");

  private static final Decision ALLOWED = new Decision.Allowed();

  private Permissions() {}

  /// Whether a user may do `operation`.
  ///
  /// @param role the user's role in the conversation, null: neither member nor banned
  public static Decision decide(ConversationKind kind, @Nullable Role role, Operation operation) {
    if (!mayRead(kind, role)) {
      return UNKNOWN;
    }
    // From here on a missing role is a visitor of a channel.
    return switch (operation) {
      case Plain plain -> plain(kind, role, plain);
      case Operation.Add add -> membership(kind, moderates(role) && covers(role, add.granted()));
      case Operation.Remove remove ->
          membership(kind, moderates(role) && above(role, remove.target()));
      case Operation.Ban ban -> membership(kind, moderates(role) && above(role, ban.target()));
    };
  }

  /// Whether a user may see the conversation and all of its log.
  public static boolean mayRead(ConversationKind kind, @Nullable Role role) {
    return role == null ? kind == ConversationKind.CHANNEL : role.atLeast(READER);
  }

  private static Decision plain(ConversationKind kind, @Nullable Role role, Plain operation) {
    return switch (operation) {
      case READ -> ALLOWED;
      case READ_BANNED -> allowIf(moderates(role), "Only moderators see who is banned.");
      case MARK_READ -> allowIf(role != null, "Only members have a read position.");
      case SEND, SIGNAL -> allowIf(has(role, MEMBER), "You may not post in this conversation.");
      case UPDATE -> allowIf(has(role, OWNER), "Only owners change a conversation.");
      case JOIN ->
          kind == ConversationKind.CHANNEL ? ALLOWED : conflict("Only channels are joined.");
      case LEAVE -> membership(kind, true);
      case CHANGE_ROLE -> membership(kind, has(role, OWNER));
    };
  }

  private static Decision membership(ConversationKind kind, boolean allowed) {
    return kind == ConversationKind.DIRECT
        ? conflict("The members of a direct conversation do not change.")
        : allowIf(allowed, "Your role in this conversation does not allow that.");
  }

  private static boolean moderates(@Nullable Role role) {
    return has(role, MODERATOR);
  }

  /// Owners give every role, others only roles below their own.
  private static boolean covers(@Nullable Role role, Role granted) {
    return granted != Role.BANNED && (role == OWNER || above(role, granted));
  }

  private static boolean above(@Nullable Role role, @Nullable Role target) {
    return role != null && (target == null || role.compareTo(target) > 0);
  }

  private static boolean has(@Nullable Role role, Role least) {
    return role != null && role.atLeast(least);
  }

  private static Decision allowIf(boolean allowed, String otherwise) {
    return allowed ? ALLOWED : new Decision.Refused(ErrorCode.FORBIDDEN, otherwise);
  }

  private static Decision conflict(String message) {
    return new Decision.Refused(ErrorCode.CONFLICT, message);
  }
}
