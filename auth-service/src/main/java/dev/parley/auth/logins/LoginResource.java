package dev.parley.auth.logins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.auth.keys.AccessTokenSigner;
import dev.parley.auth.passwords.Passwords;
import dev.parley.auth.users.Text;
import dev.parley.auth.users.User;
import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.Caller;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// Logging in, refreshing and logging out.
@Path("/api/auth")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "accounts")
public class LoginResource {
  private static final String REFRESHES = "parley.auth.refreshes";
  private static final int LONGEST_TEXT = 256;

  /// What is no refresh token, an access token say, is `unauthenticated` however long it is.
  private static final int LONGEST_BODY = 64 * 1024;

  private static final int LONGEST_DEVICE_BYTES = 128;

  private final PasswordLogin passwordLogin;
  private final Logins logins;
  private final AccessTokenSigner signer;
  private final SecurityIdentity identity;
  private final MeterRegistry meters;

  LoginResource(
      PasswordLogin passwordLogin,
      Logins logins,
      AccessTokenSigner signer,
      SecurityIdentity identity,
      MeterRegistry meters) {
    this.passwordLogin = passwordLogin;
    this.logins = logins;
    this.signer = signer;
    this.identity = identity;
    this.meters = meters;
  }

  /// Who logs in.
  public record Credentials(
      @Nullable String username, @Nullable String password, @Nullable String device) {}

  /// What is refreshed.
  public record Used(@Nullable String refreshToken) {}

  /// The tokens of a login.
  ///
  /// @param expiresIn seconds until the access token ends
  /// @param user the user's id
  public record Tokens(String accessToken, String refreshToken, long expiresIn, UUID user) {}

  @POST
  @Path("login")
  @RunOnVirtualThread
  @Operation(
      summary = "Log in",
      description =
          "Begins a login. `device` is a label for it, at most 128 bytes. The access token goes"
              + " into `Authorization: Bearer` and into the socket's `connect`; the refresh token"
              + " gets the next pair.")
  @APIResponse(responseCode = "200", description = "A pair of tokens")
  @APIResponse(responseCode = "401", description = "`unauthenticated`: wrong username or password")
  @APIResponse(
      responseCode = "429",
      description = "`rate_limited`: 10 failed logins a minute and account, 100 an address")
  public Tokens login(@Nullable Credentials body, @Context HttpServerRequest request) {
    if (body == null) {
      throw Text.bad("The body is missing.");
    }
    String username = Text.require("username", body.username(), 1, LONGEST_TEXT);
    String password = Text.require("password", body.password(), 1, Passwords.LONGEST);
    String device = device(body.device());
    UUID user = passwordLogin.user(username, password, request);
    Logins.Begun begun = logins.begin(user, device);
    return tokens(user, begun.token(), begun.at());
  }

  @POST
  @Path("refresh")
  @Operation(
      summary = "Get the next pair of tokens",
      description =
          "A refresh token works once. Repeated within 30 s, while its successor is unused, it"
              + " returns a fresh pair (the answer was lost). Any other reuse ends the login: all"
              + " its tokens are revoked and its sockets closed.")
  @APIResponse(responseCode = "200", description = "A pair of tokens")
  @APIResponse(responseCode = "401", description = "`unauthenticated`: log in again")
  public Tokens refresh(@Nullable Used body) {
    if (body == null) {
      throw Text.bad("The body is missing.");
    }
    RefreshToken token =
        RefreshToken.parse(Text.require("refreshToken", body.refreshToken(), 1, LONGEST_BODY));
    Logins.Refresh outcome = token == null ? new Logins.Refresh.Refused() : logins.refresh(token);
    return switch (outcome) {
      case Logins.Refresh.Renewed renewed -> {
        count(renewed.repeated() ? "repeated" : "renewed");
        yield tokens(renewed.user(), renewed.token(), renewed.at());
      }
      case Logins.Refresh.Reused reused -> throw refused("reused");
      case Logins.Refresh.Refused refused -> throw refused("refused");
    };
  }

  @POST
  @Path("logout")
  @Consumes(MediaType.WILDCARD)
  @Authenticated
  @Operation(
      summary = "End this login",
      description = "Its tokens are revoked at once and its sockets closed with 4403.")
  @APIResponse(responseCode = "204", description = "Ended")
  public void logout() {
    logins.end(Caller.of(identity).login());
  }

  private Tokens tokens(UUID user, RefreshToken token, Instant issued) {
    boolean admin = QuarkusTransaction.requiringNew().call(() -> User.isAdmin(user));
    String access = signer.sign(user, token.login(), issued, admin);
    return new Tokens(access, token.text(), signer.life().toSeconds(), user);
  }

  // The same words for all, so that a thief does not learn that the theft was noticed.
  private Problem refused(String result) {
    count(result);
    return new Problem(ErrorCode.UNAUTHENTICATED, "The refresh token is not valid; log in again.");
  }

  private void count(String result) {
    meters.counter(REFRESHES, "result", result).increment();
  }

  private static @Nullable String device(@Nullable String device) {
    if (device == null) {
      return null;
    }
    String text = Text.require("device", device, 0, LONGEST_DEVICE_BYTES);
    if (text.getBytes(UTF_8).length > LONGEST_DEVICE_BYTES) {
      throw Text.bad("'device' must have at most " + LONGEST_DEVICE_BYTES + " bytes.");
    }
    return text;
  }
}
