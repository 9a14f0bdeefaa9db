package dev.parley.auth.users;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Users' profiles.
@Path("/api/users")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Authenticated
@Tag(name = "users")
public class UsersResource {
  private static final int SHORTEST_QUERY = 3;
  private static final int LONGEST_QUERY = 80;
  private static final int MOST_FOUND = 20;

  private final SecurityIdentity identity;

  UsersResource(SecurityIdentity identity) {
    this.identity = identity;
  }

  /// What may be changed; what is absent stays.
  public record Change(@Nullable String displayName) {}

  /// The users found.
  public record Found(List<Profile> users) {}

  @GET
  @Path("me")
  @Operation(summary = "The caller's own profile")
  public Profile me() {
    return Profile.of(self());
  }

  @PATCH
  @Path("me")
  @Transactional
  @Operation(
      summary = "Change the caller's own profile",
      description = "`displayName`: 1 to 80 characters. What is absent stays as it is.")
  public Profile change(@Nullable Change change) {
    if (change == null) {
      throw Text.bad("The body is missing.");
    }
    User user = self();
    if (change.displayName() != null) {
      user.name(Names.displayName(change.displayName()));
    }
    return Profile.of(user);
  }

  @GET
  @Path("{user}")
  @Operation(summary = "A user's profile")
  public Profile profile(@PathParam("user") String user) {
    UUID id = Ids.parse(user);
    User found = id == null ? null : User.findById(id);
    if (found == null) {
      throw new Problem(ErrorCode.NOT_FOUND, "There is no such user.");
    }
    return Profile.of(found);
  }

  @GET
  @Operation(
      summary = "Find users by a part of their names",
      description =
          "At least 3 characters, without regard to case. At most 20 users, those whose username"
              + " begins with it first.")
  public Found search(@QueryParam("query") @Nullable String query) {
    String text =
        Text.require("query", query == null ? null : query.strip(), SHORTEST_QUERY, LONGEST_QUERY);
    // The normal form may be shorter: an accent is no character of its own.
    String part = Text.require("query", Names.key(text), SHORTEST_QUERY, Integer.MAX_VALUE);
    return new Found(User.search(part, MOST_FOUND).stream().map(Profile::of).toList());
  }

  private User self() {
    User user = User.findById(Caller.of(identity).user());
    if (user == null) {
      // The token is ours, but its user is not in this database any more.
      throw new Problem(ErrorCode.UNAUTHENTICATED, "The access token's user is gone.");
    }
    return user;
  }
}
