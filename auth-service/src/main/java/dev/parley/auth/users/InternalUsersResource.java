package dev.parley.auth.users;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// What other services ask about users.
@Path("/internal/users")
@Tag(name = "internal")
public class InternalUsersResource {
  private static final int MOST = 5000;

  /// Ids to be looked up, at most 5,000.
  public record Asked(@Nullable List<UUID> users) {}

  /// Those that are nobody's.
  public record Missing(List<UUID> missing) {}

  @POST
  @Path("exist")
  @Operation(summary = "Which of these users do not exist")
  public Missing exist(@Nullable Asked asked) {
    if (asked == null || asked.users() == null || asked.users().size() > MOST) {
      throw Text.bad("'users' must be a list of at most " + MOST + " ids.");
    }
    Set<UUID> missing = new HashSet<>(asked.users());
    List<UUID> known =
        User.find("SELECT id FROM User WHERE id IN ?1", new ArrayList<>(missing))
            .project(UUID.class)
            .list();
    known.forEach(missing::remove);
    return new Missing(List.copyOf(missing));
  }
}
