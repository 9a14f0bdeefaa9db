package dev.parley.auth.users;

import dev.parley.auth.limits.Limits;
import dev.parley.auth.passwords.Passwords;
import dev.parley.contracts.Ids;
import dev.parley.runtime.problem.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/// Registration.
@Path("/api/auth/register")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts")
public class RegistrationResource {
  private static final String COUNTER = "parley.auth.registrations";

  private final Registrations registrations;
  private final Limits limits;
  private final MeterRegistry meters;

  RegistrationResource(Registrations registrations, Limits limits, MeterRegistry meters) {
    this.registrations = registrations;
    this.limits = limits;
    this.meters = meters;
  }

  /// What a new user gives.
  public record NewUser(
      @Nullable String username, @Nullable String password, @Nullable String displayName) {}

  @POST
  @ResponseStatus(201)
  @RunOnVirtualThread
  @Operation(
      summary = "Register",
      description =
          "Makes a user. `username`: 2 to 64 letters, digits and _ . - @ +, unique without regard to"
              + " case. `password`: 10 to 256 characters. `displayName`: 1 to 80 characters, by"
              + " default the username. With an `Idempotency-Key` (a UUID made by the client) the"
              + " request can be repeated: it gets the first answer, with `repeated`.")
  @APIResponse(responseCode = "201", description = "The user")
  @APIResponse(responseCode = "400", description = "`bad_request`: the detail names the field")
  @APIResponse(responseCode = "409", description = "`conflict`: the username is taken")
  @APIResponse(responseCode = "429", description = "`rate_limited`: 300 a minute and address")
  public Profile register(
      @Nullable NewUser body,
      @HeaderParam("Idempotency-Key") @Nullable String idempotencyKey,
      @Context HttpServerRequest request) {
    try {
      Profile profile = registered(body, idempotencyKey, request);
      meters
          .counter(COUNTER, "result", profile.repeated() == null ? "made" : "repeated")
          .increment();
      return profile;
    } catch (Problem refused) {
      meters.counter(COUNTER, "result", refused.code().wire()).increment();
      throw refused;
    }
  }

  private Profile registered(
      @Nullable NewUser body, @Nullable String idempotencyKey, HttpServerRequest request) {
    if (body == null) {
      throw Text.bad("The body is missing.");
    }
    String username = Names.username(body.username());
    String password =
        Text.require("password", body.password(), Passwords.SHORTEST, Passwords.LONGEST);
    String displayName =
        body.displayName() == null ? username : Names.displayName(body.displayName());
    UUID key = Ids.parse(idempotencyKey);
    if (idempotencyKey != null && key == null) {
      throw Text.bad("'Idempotency-Key' must be a UUID in lower case.");
    }
    limits.registration(request);
    return registrations.register(username, password, displayName, key);
  }
}
