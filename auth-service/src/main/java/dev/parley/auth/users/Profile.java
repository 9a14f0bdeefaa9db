package dev.parley.auth.users;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A user as others see them.
///
/// @param user the id
/// @param repeated true if a registration was answered before; else absent
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Profile(UUID user, String username, String displayName, @Nullable Boolean repeated) {
  static Profile of(User user) {
    return new Profile(user.id, user.username, user.displayName, null);
  }

  Profile again() {
    return new Profile(user, username, displayName, true);
  }
}
