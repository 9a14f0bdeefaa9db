package dev.parley.messages.history;

import dev.parley.messages.change.Answer;
import dev.parley.messages.change.Repetition;
import dev.parley.messages.conversation.Access;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.request.Body;
import dev.parley.messages.request.Parameters;
import dev.parley.runtime.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/api/conversations/{c}/events` and `/messages`: the log, and what it says now.
@Path("/api/conversations/{conversation}")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "History")
class HistoryResource {
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final Access access;
  private final PostgresHistory history;
  private final Posting posting;
  private final SecurityIdentity identity;

  HistoryResource(
      Access access, PostgresHistory history, Posting posting, SecurityIdentity identity) {
    this.access = access;
    this.history = history;
    this.posting = posting;
    this.identity = identity;
  }

  @GET
  @Path("/events")
  @Operation(
      summary = "Read the log",
      description =
          "`after`: the first `limit` events above it; `before`: the last ones below it; both:"
              + " strictly between, from `after` upward; neither: the newest. Always ascending."
              + " `limit` 1 to 200, default 50. At most about 900 KiB, then `more` is true.")
  public Events events(
      @PathParam("conversation") String conversation,
      @QueryParam("after") @Nullable String after,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    UUID id = Parameters.id("conversation", conversation);
    Span span =
        new Span(
            Parameters.seq("after", after),
            Parameters.seq("before", before),
            Parameters.limit(limit, PAGE, LARGEST_PAGE));
    Access.Standing standing = access.of(user(), id);
    standing.require(Plain.READ);
    EventPage page = history.events(id, span, standing.head());
    return new Events(page.events(), page.more());
  }

  @GET
  @Path("/messages")
  @Operation(
      summary = "Read the messages as they stand now",
      description =
          "The last `limit` ones whose number is below `before`, ascending. `limit` 1 to 200,"
              + " default 50. At most about 900 KiB, then `more` is true.")
  public MessagePage messages(
      @PathParam("conversation") String conversation,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    UUID id = Parameters.id("conversation", conversation);
    Long below = Parameters.seq("before", before);
    int most = Parameters.limit(limit, PAGE, LARGEST_PAGE);
    Access.Standing standing = access.of(user(), id);
    standing.require(Plain.READ);
    long top = standing.head() + 1;
    return history.messages(id, below == null ? top : Math.min(below, top), most);
  }

  @POST
  @Path("/messages")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Send a message",
      description = "The same `message` id again gets the first answer, with `repeated`: true.")
  @RequestBody(required = true, content = @Content(schema = @Schema(ref = "NewMessage")))
  public Sent send(
      @PathParam("conversation") String conversation,
      @HeaderParam(Repetition.HEADER) @Nullable String key,
      byte @Nullable [] body) {
    UUID id = Parameters.id("conversation", conversation);
    NewMessage message = NewMessage.of(Body.parse(body));
    Repetition repetition = Repetition.of(user(), "/api/conversations/" + id + "/messages", key);
    Answer<Sent> answer = posting.send(user(), id, message, repetition);
    return answer.repeated() ? answer.body().again() : answer.body();
  }

  private UUID user() {
    return Caller.of(identity).user();
  }
}
