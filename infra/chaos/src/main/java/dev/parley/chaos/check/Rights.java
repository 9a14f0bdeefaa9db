package dev.parley.chaos.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds one conversation's log to PERMITTED: each row's author had the right when it was written,
/// by the roles that the rows before it tell.
final class Rights {
  private static final List<String> RANKS =
      List.of("banned", "reader", "member", "moderator", "owner");

  // A direct conversation has no moderator: whoever opens it names the two.
  private static final long OPENING = 3;

  private final Map<UUID, String> roles = new HashMap<>();
  private @Nullable UUID creator;

  private Rights() {}

  static void check(ConversationLog log, Findings findings) {
    Rights rights = new Rights();
    for (Logged row : log.rows()) {
      if (!rights.allow(row)) {
        findings.add(
            Suspicion.ofLog(
                Invariant.PERMITTED,
                row,
                "%s by %s, who was %s then"
                    .formatted(row.kind(), row.user(), rights.role(row.user()))));
      }
      rights.apply(row);
    }
  }

  /// Whether a member with this role may post.
  static boolean mayPost(@Nullable String role) {
    return role != null && atLeast(role, "member");
  }

  private boolean allow(Logged row) {
    return switch (row.kind()) {
      case Logged.CREATED -> row.seq() == 1;
      case Logged.JOINED ->
          has(row.user(), "moderator") || (row.user().equals(creator) && row.seq() <= OPENING);
      case Logged.LEFT -> row.user().equals(row.member()) || has(row.user(), "moderator");
      case Logged.ROLE, Logged.UPDATED -> has(row.user(), "owner");
      default -> has(row.user(), "member");
    };
  }

  private void apply(Logged row) {
    switch (row.kind()) {
      case Logged.CREATED -> creator = row.user();
      case Logged.JOINED, Logged.ROLE -> {
        if (row.member() != null && row.role() != null) {
          roles.put(row.member(), row.role());
        }
      }
      case Logged.LEFT -> roles.remove(row.member());
      default -> {}
    }
  }

  private String role(UUID user) {
    return roles.getOrDefault(user, "nobody");
  }

  private boolean has(UUID user, String least) {
    return atLeast(role(user), least);
  }

  private static boolean atLeast(String role, String least) {
    return RANKS.indexOf(role) >= RANKS.indexOf(least);
  }
}
