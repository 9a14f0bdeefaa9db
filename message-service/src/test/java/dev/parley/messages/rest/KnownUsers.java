package dev.parley.messages.rest;

import dev.parley.contracts.ErrorCode;
import dev.parley.messages.users.Users;
import dev.parley.runtime.problem.Problem;
import io.quarkus.test.Mock;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/// Stands in for the auth-service: everybody has an account but [#NOBODY], and nobody can tell of
/// [#UNCERTAIN].
@Mock
@ApplicationScoped
class KnownUsers implements Users {
  static final UUID NOBODY = UUID.fromString("00000000-0000-7000-8000-00000000dead");
  static final UUID UNCERTAIN = UUID.fromString("00000000-0000-7000-8000-00000000cafe");

  @Override
  public List<UUID> missing(Collection<UUID> users) {
    if (users.contains(UNCERTAIN)) {
      throw new Problem(ErrorCode.UNAVAILABLE, "Users cannot be looked up now.");
    }
    return users.stream().filter(NOBODY::equals).toList();
  }
}
