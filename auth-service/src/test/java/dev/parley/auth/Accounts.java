package dev.parley.auth;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// People who register and log in over REST, each from an address of their own, so that tests do
/// not meet each other's limits.
public final class Accounts {
  public static final String PASSWORD = "correct horse battery";

  private static final AtomicInteger ADDRESSES = new AtomicInteger();

  private Accounts() {}

  /// A pair of tokens.
  public record Tokens(String access, String refresh, String user) {}

  public static String newName() {
    return "u-" + UUID.randomUUID();
  }

  /// A client address that nobody else has.
  public static String newAddress() {
    int n = ADDRESSES.incrementAndGet();
    return "203.0.%d.%d".formatted(n / 250, n % 250 + 1);
  }

  public static RequestSpecification from(String address) {
    return given().contentType(ContentType.JSON).header("X-Forwarded-For", address);
  }

  public static Response register(String username, String password) {
    return register(newAddress(), username, password);
  }

  public static Response register(String address, String username, String password) {
    return from(address)
        .body(Map.of("username", username, "password", password, "displayName", "Ann"))
        .post("/api/auth/register");
  }

  public static Response login(String username, String password) {
    return login(newAddress(), username, password);
  }

  public static Response login(String address, String username, String password) {
    Map<String, String> body = new HashMap<>();
    body.put("username", username);
    body.put("password", password);
    body.put("device", "test");
    return from(address).body(body).post("/api/auth/login");
  }

  public static Response refresh(String refreshToken) {
    return from(newAddress()).body(Map.of("refreshToken", refreshToken)).post("/api/auth/refresh");
  }

  public static RequestSpecification as(Tokens tokens) {
    return given().contentType(ContentType.JSON).auth().oauth2(tokens.access());
  }

  /// The tokens of a new user.
  public static Tokens newUser() {
    String name = newName();
    register(name, PASSWORD).then().statusCode(201);
    return tokens(login(name, PASSWORD));
  }

  public static Tokens tokens(Response response) {
    response.then().statusCode(200);
    return new Tokens(
        response.path("accessToken"), response.path("refreshToken"), response.path("user"));
  }
}
