package dev.parley.messages.membership;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.messages.change.Answer;
import dev.parley.messages.change.Changes;
import dev.parley.messages.change.Repetition;
import dev.parley.messages.conversation.Access;
import dev.parley.messages.permission.Operation.Add;
import dev.parley.messages.permission.Operation.Ban;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.request.Body;
import dev.parley.messages.request.Parameters;
import dev.parley.messages.users.Users;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `/api/conversations/{c}/members`, `/join` and `/leave`: who is in a conversation.
@Path("/api/conversations/{conversation}")
@Authenticated
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Members")
class MembersResource {
  private static final int PAGE = 5_000;
  private static final List<Role> GRANTED =
      List.of(Role.READER, Role.MEMBER, Role.MODERATOR, Role.OWNER);

  private final Access access;
  private final Changes changes;
  private final Memberships memberships;
  private final PostgresMembers members;
  private final Users users;
  private final SecurityIdentity identity;

  MembersResource(
      Access access,
      Changes changes,
      Memberships memberships,
      PostgresMembers members,
      Users users,
      SecurityIdentity identity) {
    this.access = access;
    this.changes = changes;
    this.memberships = memberships;
    this.members = members;
    this.users = users;
    this.identity = identity;
  }

  @GET
  @Path("/members")
  @Operation(
      summary = "List the members, with how far each has read",
      description =
          "`limit` 1 to 5,000, default 5,000. With `role=banned` moderators see who is banned.")
  public MemberList list(
      @PathParam("conversation") String conversation,
      @QueryParam("limit") @Nullable String limit,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("role") @Nullable String role) {
    UUID id = Parameters.id("conversation", conversation);
    if (role != null && !role.equals(Role.BANNED.wire())) {
      throw new Problem(ErrorCode.BAD_REQUEST, "'role' must be banned, or be left out.");
    }
    boolean banned = role != null;
    UUID after = cursor == null || cursor.isEmpty() ? null : Parameters.id("cursor", cursor);
    int most = Parameters.limit(limit, PAGE, PAGE);
    Plain reading = banned ? Plain.READ_BANNED : Plain.READ;
    access.of(user(), id).require(reading);
    MemberList page = members.page(id, after, most, banned);
    // Whoever was removed meanwhile does not see who came afterwards.
    access.of(user(), id).require(reading);
    return page;
  }

  @POST
  @Path("/members")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Add a member",
      description = "Moderators and owners. `role` is member unless given. Lifts a ban.")
  @RequestBody(required = true, content = @Content(schema = @Schema(ref = "NewMember")))
  @APIResponse(
      responseCode = "201",
      description = "The user is a member from now on; 200 if they were, with this role.",
      content = @Content(schema = @Schema(implementation = MembershipChange.class)))
  public RestResponse<MembershipChange> add(
      @PathParam("conversation") String conversation,
      @HeaderParam(Repetition.HEADER) @Nullable String key,
      byte @Nullable [] body) {
    UUID id = Parameters.id("conversation", conversation);
    Body request = Body.parse(body);
    UUID added = request.id("user");
    Role asked = request.choice("role", GRANTED);
    Role role = asked == null ? Role.MEMBER : asked;
    Repetition repetition = Repetition.of(user(), "/api/conversations/" + id + "/members", key);
    Answer<MembershipChange> answer = changes.earlier(repetition, MembershipChange.class);
    if (answer == null) {
      access.of(user(), id).require(new Add(role));
      mustExist(added);
      answer =
          changes.once(
              repetition, MembershipChange.class, () -> memberships.add(user(), id, added, role));
    }
    return RestResponse.ResponseBuilder.<MembershipChange>create(answer.status())
        .entity(answer.repeated() ? answer.body().again() : answer.body())
        .build();
  }

  @PATCH
  @Path("/members/{user}")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      summary = "Give somebody another role",
      description =
          "Owners; `banned` also moderators, for those below them, and for people who are not in"
              + " the conversation.")
  @RequestBody(required = true, content = @Content(schema = @Schema(ref = "NewRole")))
  public MembershipChange give(
      @PathParam("conversation") String conversation,
      @PathParam("user") String member,
      byte @Nullable [] body) {
    UUID id = Parameters.id("conversation", conversation);
    UUID about = Parameters.id("user", member);
    Role role = Body.parse(body).choice("role", List.of(Role.values()));
    if (role == null) {
      throw new Problem(
          ErrorCode.BAD_REQUEST,
          "'role' is missing; it is banned, reader, member, moderator or owner.");
    }
    if (role == Role.BANNED) {
      // Nobody is noted as banned who does not exist; members do.
      access.of(user(), id).require(new Ban(null));
      if (!members.known(id, about)) {
        mustExist(about);
      }
    }
    return changes.apply(() -> memberships.give(user(), id, about, role));
  }

  @DELETE
  @Path("/members/{user}")
  @Operation(
      summary = "Remove a member, or lift a ban",
      description = "Moderators and owners, for those below them; oneself: as `leave`.")
  public MembershipChange remove(
      @PathParam("conversation") String conversation, @PathParam("user") String member) {
    UUID id = Parameters.id("conversation", conversation);
    UUID about = Parameters.id("user", member);
    return changes.apply(() -> memberships.remove(user(), id, about));
  }

  @POST
  @Path("/join")
  @Operation(summary = "Join a channel")
  public MembershipChange join(@PathParam("conversation") String conversation) {
    UUID id = Parameters.id("conversation", conversation);
    return changes.apply(() -> memberships.join(user(), id));
  }

  @POST
  @Path("/leave")
  @Operation(summary = "Leave a group or channel", description = "The last owner cannot.")
  public MembershipChange leave(@PathParam("conversation") String conversation) {
    UUID id = Parameters.id("conversation", conversation);
    return changes.apply(() -> memberships.leave(user(), id));
  }

  private void mustExist(UUID user) {
    if (!users.missing(List.of(user)).isEmpty()) {
      throw new Problem(ErrorCode.BAD_REQUEST, "'user' has no account.");
    }
  }

  private UUID user() {
    return Caller.of(identity).user();
  }
}
