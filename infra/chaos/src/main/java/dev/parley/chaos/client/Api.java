package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// REST through the entry. Its calls block and belong on virtual threads.
public final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final URI entry;
  private final HttpClient http;
  private final ExecutorService threads;

  /// @param threads for what the client itself does
  public Api(URI entry, ExecutorService threads) {
    this.entry = entry;
    this.threads = threads;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(threads)
            .build();
  }

  /// What came back.
  ///
  /// @param status of HTTP; 0 if nothing came
  /// @param body an empty object if it was none
  public record Answer(int status, JsonNode body, @Nullable String failure) {
    /// Whether it was done.
    public boolean ok() {
      return status >= 200 && status < 300;
    }

    /// The protocol's code of a refusal; null where the answer is none of Parley's.
    public @Nullable String code() {
      return Json.optionalText(body, "code");
    }

    /// What to write down where there is no code.
    public String cause() {
      return failure == null ? "HTTP " + status : failure;
    }
  }

  /// One request, never an exception.
  ///
  /// @param key the `Idempotency-Key`
  public CompletableFuture<Answer> ask(
      String method,
      String path,
      @Nullable ObjectNode body,
      @Nullable String token,
      @Nullable UUID key) {
    return CompletableFuture.supplyAsync(() -> call(method, path, body, token, key), threads);
  }

  private Answer call(
      String method,
      String path,
      @Nullable ObjectNode body,
      @Nullable String token,
      @Nullable UUID key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(entry.resolve(path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (key != null) {
      request.header("Idempotency-Key", key.toString());
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      ObjectNode object = Json.parse(response.body());
      return new Answer(response.statusCode(), object == null ? Json.object() : object, null);
    } catch (IOException e) {
      return new Answer(0, Json.object(), e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer(0, Json.object(), "interrupted");
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
