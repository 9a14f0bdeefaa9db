package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A device's tokens. On its event loop.
final class Login {
  private static final long AGAIN_MILLIS = 1_000;

  private final Desk desk;
  private final Account account;
  private final String device;
  private final Consumer<String> renewed;
  private @Nullable String access;
  private @Nullable String refresh;
  private boolean asking;

  /// @param renewed hears every new access token
  Login(Desk desk, Account account, String device, Consumer<String> renewed) {
    this.desk = desk;
    this.account = account;
    this.device = device;
    this.renewed = renewed;
  }

  /// The access token as it was last given.
  @Nullable String access() {
    return access;
  }

  /// It is not taken any more.
  void expired() {
    access = null;
  }

  /// Gets a new access token, by the refresh token as long as that is taken, and tries until it has
  /// one. Nothing happens if that is under way already.
  void renew() {
    if (asking) {
      return;
    }
    asking = true;
    var body = Json.object();
    String path;
    if (refresh == null) {
      body.put("username", account.username());
      body.put("password", account.password());
      body.put("device", device);
      path = "/api/auth/login";
    } else {
      body.put("refreshToken", refresh);
      path = "/api/auth/refresh";
    }
    desk.when(desk.api().ask("POST", path, body, null, null), this::take);
  }

  private void take(Api.Answer answer) {
    asking = false;
    if (answer.ok()) {
      JsonNode pair = answer.body();
      String token = pair.path("accessToken").asText();
      access = token;
      refresh = pair.path("refreshToken").asText();
      renewed.accept(token);
      return;
    }
    if (answer.status() == 401 || answer.status() == 403) {
      refresh = null;
    }
    desk.later(AGAIN_MILLIS, this::renew);
  }
}
