package dev.parley.auth.logins;

import dev.parley.auth.users.Text;
import dev.parley.contracts.Ids;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Ending logins by an operator.
@Path("/internal/logins")
@Tag(name = "internal")
public class InternalLoginsResource {
  private final Logins logins;

  InternalLoginsResource(Logins logins) {
    this.logins = logins;
  }

  @POST
  @Path("{user}/end")
  @Operation(
      summary = "End all logins of a user",
      description = "For an account that has been taken over: all its tokens are revoked.")
  public void end(@PathParam("user") String user) {
    UUID id = Ids.parse(user);
    if (id == null) {
      throw Text.bad("'user' must be a UUID.");
    }
    logins.endAll(id);
  }
}
