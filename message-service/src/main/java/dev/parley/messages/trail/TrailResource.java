package dev.parley.messages.trail;

import dev.parley.contracts.ErrorCode;
import dev.parley.messages.request.Parameters;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.Caller;
import dev.parley.runtime.trail.Collected;
import dev.parley.runtime.trail.RedisTrail;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Tells those who look after the installation where a message is. It tells no content, so being a
/// member of the conversation is not asked for.
@Path("/api/admin/conversations/{conversation}/messages/{message}/trail")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Administration")
class TrailResource {
  private final PostgresTrail log;
  private final RedisTrail processes;
  private final SecurityIdentity identity;

  TrailResource(PostgresTrail log, RedisTrail processes, SecurityIdentity identity) {
    this.log = log;
    this.processes = processes;
    this.identity = identity;
  }

  @GET
  @Operation(
      summary = "Where is my message",
      description =
          "When it was received and committed, to which gateways it was sent, and to how many"
              + " sessions each of them wrote it when, or why not. For administrators. Processes"
              + " remember their last 32,768 steps; the log is for ever.")
  @APIResponse(responseCode = "200", description = "What is known")
  @APIResponse(responseCode = "403", description = "`forbidden`: not an administrator")
  @APIResponse(responseCode = "404", description = "`not_found`: nobody knows of it")
  @APIResponse(responseCode = "429", description = "`rate_limited`: too many at once")
  public Trail trail(
      @PathParam("conversation") String conversation, @PathParam("message") String message)
      throws InterruptedException {
    if (!Caller.of(identity).admin()) {
      throw new Problem(ErrorCode.FORBIDDEN, "This is for administrators.");
    }
    UUID in = Parameters.id("conversation", conversation);
    UUID id = Parameters.id("message", message);
    Optional<PostgresTrail.Logged> logged = log.find(in, id);
    Collected collected = processes.ask(in, id, logged.map(PostgresTrail.Logged::seq).orElse(0L));
    Trail trail = Trails.of(in, id, logged, collected);
    if (trail.committed() == null
        && trail.received() == null
        && trail.decided().isEmpty()
        && trail.unknown().isEmpty()) {
      throw new Problem(ErrorCode.NOT_FOUND, "Nobody knows of such a message.");
    }
    return trail;
  }
}
