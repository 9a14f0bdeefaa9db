package dev.parley.messages.conversation;

import dev.parley.messages.change.Answer;
import dev.parley.messages.change.Repetition;
import dev.parley.messages.request.Body;
import dev.parley.messages.request.Parameters;
import dev.parley.runtime.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `/api/conversations`: open, list, see and change conversations.
@Path("/api/conversations")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Conversations")
class ConversationsResource {
  private static final String PATH = "/api/conversations";
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 200;

  private final Openings openings;
  private final Conversations conversations;
  private final PostgresList list;
  private final ConversationConfig limits;
  private final SecurityIdentity identity;

  ConversationsResource(
      Openings openings,
      Conversations conversations,
      PostgresList list,
      ConversationConfig limits,
      SecurityIdentity identity) {
    this.openings = openings;
    this.conversations = conversations;
    this.list = list;
    this.limits = limits;
    this.identity = identity;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Open a conversation",
      description =
          "The caller becomes its owner; everybody in `members` becomes a member. Between the same"
              + " two people there is one direct conversation: 200 if it was there.")
  @RequestBody(required = true, content = @Content(schema = @Schema(ref = "NewConversation")))
  @APIResponse(
      responseCode = "201",
      description = "It is open.",
      content = @Content(schema = @Schema(implementation = Created.class)))
  public RestResponse<Created> open(
      @HeaderParam(Repetition.HEADER) @Nullable String key, byte @Nullable [] body) {
    NewConversation wanted = NewConversation.of(Body.parse(body), user(), limits);
    Answer<Created> answer = openings.open(wanted, user(), Repetition.of(user(), PATH, key));
    return RestResponse.ResponseBuilder.<Created>create(answer.status())
        .entity(answer.repeated() ? answer.body().again() : answer.body())
        .header("Location", PATH + "/" + answer.body().conversation())
        .build();
  }

  @GET
  @Operation(
      summary = "List the conversations that the caller is in",
      description = "Most recently active first; `limit` 1 to 200, default 50.")
  public ConversationList list(
      @QueryParam("limit") @Nullable String limit, @QueryParam("cursor") @Nullable String cursor) {
    return list.page(user(), Cursor.of(cursor), Parameters.limit(limit, PAGE, LARGEST_PAGE));
  }

  @GET
  @Path("/{conversation}")
  @Operation(summary = "See a conversation")
  public ConversationView view(@PathParam("conversation") String conversation) {
    return conversations.view(user(), Parameters.id("conversation", conversation));
  }

  @PATCH
  @Path("/{conversation}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Change title, topic or, for channels, the role that those who join get",
      description = "Owners only. An empty text takes title or topic away; null leaves it.")
  @RequestBody(required = true, content = @Content(schema = @Schema(ref = "ConversationUpdate")))
  public ConversationView update(
      @PathParam("conversation") String conversation, byte @Nullable [] body) {
    return conversations.update(
        user(),
        Parameters.id("conversation", conversation),
        Conversations.Update.of(Body.parse(body), limits));
  }

  private UUID user() {
    return Caller.of(identity).user();
  }
}
