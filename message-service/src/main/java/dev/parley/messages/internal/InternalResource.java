package dev.parley.messages.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.json.JsonText;
import dev.parley.messages.conversation.Access;
import dev.parley.messages.history.EventPage;
import dev.parley.messages.history.PostgresHistory;
import dev.parley.messages.history.Span;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.messages.request.Body;
import dev.parley.messages.request.Parameters;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/// `/internal`: what gateways and the presence-service read, on behalf of a user and with what that
/// user may see (save bare numbers: see `tails`). The runtime lets in only those who have the
/// service credential.
@Path("/internal")
@PermitAll
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
class InternalResource {
  private static final int MOST_MEMBERSHIPS = 5_000;
  private static final int MOST_HEADS = 5_000;
  private static final int MOST_OTHERS = 1_000;
  private static final int MOST_EVENTS = 1_000;

  private static final int MOST_ASKS = 1_000;
  private static final int MOST_MISSED = 5_000;

  private final PostgresReads reads;
  private final PostgresMissed missed;
  private final Access access;
  private final PostgresHistory history;

  InternalResource(
      PostgresReads reads, PostgresMissed missed, Access access, PostgresHistory history) {
    this.reads = reads;
    this.missed = missed;
    this.access = access;
    this.history = history;
  }

  /// Of many users at once: gateways gather what sessions that connect together ask for.
  @POST
  @Path("/memberships")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public UserMemberships memberships(byte @Nullable [] body) {
    Body request = Body.parse(body);
    int limit = request.number("limit", 1_000, 1, MOST_MEMBERSHIPS);
    return new UserMemberships(reads.memberships(request.ids("users", MOST_ASKS), limit));
  }

  @POST
  @Path("/heads")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public ReaderHeads heads(byte @Nullable [] body) {
    List<PostgresReads.Reader> readers = new ArrayList<>();
    int room = MOST_HEADS;
    for (Body reader : Body.parse(body).objects("readers", MOST_ASKS)) {
      List<UUID> conversations = reader.ids("conversations", room);
      room -= conversations.size();
      readers.add(new PostgresReads.Reader(reader.id("user"), conversations));
    }
    return new ReaderHeads(reads.heads(readers).stream().map(Heads::new).toList());
  }

  /// What sessions have missed; see [Missed].
  @POST
  @Path("/events")
  @Consumes(MediaType.APPLICATION_JSON)
  @Produces("application/x-ndjson")
  @Operation(hidden = true)
  public byte[] events(byte @Nullable [] body) {
    List<Missed.Ask> asks = new ArrayList<>();
    int room = MOST_HEADS;
    for (Body ask : Body.parse(body).objects("missed", MOST_MISSED)) {
      List<UUID> users = ask.ids("users", room);
      room -= users.size();
      asks.add(
          new Missed.Ask(
              ask.id("conversation"),
              ask.seq("after"),
              ask.number("limit", MOST_EVENTS, 1, MOST_EVENTS),
              users));
    }
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    missed.read(asks).forEach(part -> part.writeTo(lines));
    return lines.toByteArray();
  }

  /// Numbers of last events on nobody's behalf: by them a gateway learns that it has missed
  /// something, which it then reads on behalf of somebody who may.
  @POST
  @Path("/tails")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Heads tails(byte @Nullable [] body) {
    return new Heads(reads.tails(Body.parse(body).ids("conversations", MOST_HEADS)));
  }

  @POST
  @Path("/relations")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public Relations relations(byte @Nullable [] body) {
    Body request = Body.parse(body);
    return new Relations(reads.relations(request.id("user"), request.ids("others", MOST_OTHERS)));
  }

  /// The events as lines, and in headers what a gateway needs to pass them on unread.
  @GET
  @Path("/conversations/{conversation}/events")
  @Produces("application/x-ndjson")
  @Operation(hidden = true)
  public RestResponse<byte[]> events(
      @PathParam("conversation") String conversation,
      @QueryParam("user") @Nullable String user,
      @QueryParam("after") @Nullable String after,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @Nullable String limit) {
    UUID id = Parameters.id("conversation", conversation);
    Span span =
        new Span(
            Parameters.seq("after", after),
            Parameters.seq("before", before),
            Parameters.limit(limit, MOST_EVENTS, MOST_EVENTS));
    Access.Standing standing = access.of(Parameters.id("user", user == null ? "" : user), id);
    standing.require(Plain.READ);
    EventPage page = history.events(id, span, standing.head());
    return RestResponse.ResponseBuilder.ok(lines(page.events()))
        .header("Parley-First", page.first())
        .header("Parley-Count", page.events().size())
        .header("Parley-More", page.more())
        .header("Parley-Head", page.head())
        .build();
  }

  private static byte[] lines(List<JsonText> events) {
    byte[] end = "\n".getBytes(UTF_8);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (JsonText event : events) {
      lines.writeBytes(event.utf8());
      lines.writeBytes(end);
    }
    return lines.toByteArray();
  }
}
