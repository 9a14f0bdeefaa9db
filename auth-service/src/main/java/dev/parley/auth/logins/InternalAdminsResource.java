package dev.parley.auth.logins;

import dev.parley.auth.users.Text;
import dev.parley.auth.users.User;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.runtime.problem.Problem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

/// Making administrators, by an operator: nobody becomes one over the public interface.
@Path("/internal/admins/{user}")
@Tag(name = "internal")
public class InternalAdminsResource {
  private static final Logger LOG = Logger.getLogger(InternalAdminsResource.class);

  private final Logins logins;

  InternalAdminsResource(Logins logins) {
    this.logins = logins;
  }

  @PUT
  @Operation(
      summary = "Make a user an administrator",
      description = "Their next access token says so: log in again, or refresh.")
  public void make(@PathParam("user") String user) {
    set(id(user), true);
  }

  @DELETE
  @Operation(
      summary = "Make an administrator an ordinary user",
      description = "All their logins end, so that no token says otherwise.")
  public void unmake(@PathParam("user") String user) {
    UUID id = id(user);
    set(id, false);
    logins.endAll(id);
  }

  private static void set(UUID user, boolean admin) {
    int changed =
        QuarkusTransaction.requiringNew()
            .call(() -> User.update("admin = ?1 WHERE id = ?2", admin, user));
    if (changed == 0) {
      throw new Problem(ErrorCode.NOT_FOUND, "There is no such user.");
    }
    LOG.infof("user %s is %s administrator", user, admin ? "an" : "no");
  }

  private static UUID id(String user) {
    UUID id = Ids.parse(user);
    if (id == null) {
      throw Text.bad("'user' must be a UUID.");
    }
    return id;
  }
}
