package dev.parley.contracts;

import java.util.Locale;

/// What a member may do, strongest last (architecture, Permissions). `BANNED` is a kept row of
/// somebody who is no member.
public enum Role {
  BANNED,
  READER,
  MEMBER,
  MODERATOR,
  OWNER;

  /// Whether this role has at least the rights of `other`.
  public boolean atLeast(Role other) {
    return compareTo(other) >= 0;
  }

  /// The role as clients see it, for example `owner`.
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
