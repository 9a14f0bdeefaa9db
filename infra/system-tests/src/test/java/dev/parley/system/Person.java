package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;

/// Somebody with an account, and their requests to the REST interface behind the entry. Any thread.
final class Person {
  /// A status and the body's JSON (null where there is none).
  record Answer(int status, JsonNode body) {
    /// The body of a success.
    JsonNode ok() {
      if (status >= 300) {
        throw new IllegalStateException(status + " " + body);
      }
      return body;
    }

    /// `yes`, or the code of a problem document.
    String verdict() {
      if (status < 300) {
        return "yes";
      }
      return body == null ? "status " + status : body.path("code").asText("status " + status);
    }
  }

  private static final JsonMapper JSON = new JsonMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
  private static final String PASSWORD = "correct horse battery";

  private final URI entry;
  private final String name;
  private volatile String user = "";
  private volatile String accessToken = "";
  private volatile String refreshToken = "";

  private Person(URI entry, String name) {
    this.entry = entry;
    this.name = name;
  }

  /// Somebody without an account or a token.
  static Person anonymous(Stack stack) {
    return new Person(stack.entry(), "");
  }

  /// Registers somebody new and logs them in.
  static Person registered(Stack stack) throws IOException, InterruptedException {
    Person person =
        new Person(stack.entry(), "u" + UUID.randomUUID().toString().replace("-", "").substring(8));
    person
        .post(
            "/api/auth/register",
            Map.of("username", person.name, "password", PASSWORD, "displayName", person.name))
        .ok();
    person.logIn();
    return person;
  }

  /// Starts a new login; the ones before go on.
  synchronized void logIn() throws IOException, InterruptedException {
    take(
        post(
                "/api/auth/login",
                Map.of("username", name, "password", PASSWORD, "device", "system test"))
            .ok());
  }

  /// Exchanges the refresh token for the next pair.
  synchronized void refresh() throws IOException, InterruptedException {
    take(post("/api/auth/refresh", Map.of("refreshToken", refreshToken)).ok());
  }

  String user() {
    return user;
  }

  String accessToken() {
    return accessToken;
  }

  String refreshToken() {
    return refreshToken;
  }

  /// Opens a conversation and returns its id.
  String opened(String kind, Person... others) throws IOException, InterruptedException {
    var members = Arrays.stream(others).map(Person::user).toList();
    return post(
            "/api/conversations",
            kind.equals("direct")
                ? Map.of("kind", kind, "members", members)
                : Map.of("kind", kind, "title", "a " + kind, "members", members))
        .ok()
        .get("conversation")
        .asText();
  }

  Answer get(String path) throws IOException, InterruptedException {
    return ask("GET", path, null);
  }

  Answer post(String path, Object body) throws IOException, InterruptedException {
    return ask("POST", path, body);
  }

  Answer patch(String path, Object body) throws IOException, InterruptedException {
    return ask("PATCH", path, body);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return ask("DELETE", path, null);
  }

  /// Asks again while it is put off: then nothing was done.
  private Answer ask(String method, String path, Object body)
      throws IOException, InterruptedException {
    try {
      return Again.until(
          method + " " + path,
          () -> askOnce(method, path, body),
          answer -> !answer.verdict().equals("unavailable"));
    } catch (IOException | InterruptedException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private Answer askOnce(String method, String path, Object body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(entry.resolve(path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(JSON.writeValueAsString(body)));
    if (!accessToken.isEmpty()) {
      request.header("Authorization", "Bearer " + accessToken);
    }
    HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
    return new Answer(
        response.statusCode(), response.body().isEmpty() ? null : JSON.readTree(response.body()));
  }

  private void take(JsonNode login) {
    user = login.get("user").asText();
    accessToken = login.get("accessToken").asText();
    refreshToken = login.get("refreshToken").asText();
  }
}
