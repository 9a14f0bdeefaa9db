package dev.parley.presence.read;

import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.NotJson;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.Caller;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// How users are: for clients by their token, for gateways in the name of a user.
@Path("/")
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class PresenceResource {
  /// So many ids fit into an address that everybody on the way takes.
  private static final int MOST_IN_QUERY = 100;

  private static final int MOST_IN_BODY = 1_000;

  private final Viewing viewing;
  private final SecurityIdentity identity;

  PresenceResource(Viewing viewing, SecurityIdentity identity) {
    this.viewing = viewing;
    this.identity = identity;
  }

  @GET
  @Path("/api/presence")
  @Authenticated
  @Operation(
      summary = "How users are",
      description =
          "Answers for people who share a group or a direct conversation with the caller; others"
              + " are unknown, and so is everyone while presence cannot be known.")
  public byte[] presence(
      @Parameter(description = "At most 100 user ids, separated by commas.") @QueryParam("users")
          @Nullable String users) {
    UUID caller = Caller.of(identity).user();
    return viewing.seen(caller, ids(users));
  }

  @POST
  @Path("/internal/presence")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public byte[] presenceFor(byte @Nullable [] body) {
    JsonObject request = object(body);
    return viewing.seen(id(request.get("user")), users(request));
  }

  @POST
  @Path("/internal/statuses")
  @PermitAll
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public byte[] statuses(byte @Nullable [] body) {
    return viewing.shown(users(object(body)));
  }

  private static Set<UUID> users(JsonObject request) {
    Set<UUID> users = new LinkedHashSet<>();
    if (!(request.get("users") instanceof JsonValue.Items items)
        || items.values().size() > MOST_IN_BODY) {
      throw bad("'users' is an array of at most 1000 user ids.");
    }
    for (JsonValue item : items.values()) {
      users.add(id(item));
    }
    return users;
  }

  private static Set<UUID> ids(@Nullable String list) {
    Set<UUID> users = new LinkedHashSet<>();
    String[] texts = list == null || list.isEmpty() ? new String[0] : list.split(",", -1);
    if (texts.length == 0 || texts.length > MOST_IN_QUERY) {
      throw bad("'users' is one to 100 user ids, separated by commas.");
    }
    for (String text : texts) {
      users.add(id(new JsonValue.Text(text)));
    }
    return users;
  }

  private static UUID id(@Nullable JsonValue value) {
    UUID id = value instanceof JsonValue.Text text ? Ids.parse(text.value()) : null;
    if (id == null) {
      throw bad("A user id is a UUID in canonical lower-case text.");
    }
    return id;
  }

  private static JsonObject object(byte @Nullable [] body) {
    try {
      return JsonReader.read(body == null ? new byte[0] : body).object();
    } catch (NotJson e) {
      throw bad("The body is not a JSON object.");
    }
  }

  private static Problem bad(String detail) {
    return new Problem(ErrorCode.BAD_REQUEST, detail);
  }
}
