package dev.parley.messages.users;

import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// The people who have an account.
public interface Users {
  /// Those of `users` who have none. Blocks; never called inside a transaction.
  ///
  /// @throws dev.parley.runtime.problem.Problem `unavailable` if nobody can tell now
  List<UUID> missing(Collection<UUID> users);
}
