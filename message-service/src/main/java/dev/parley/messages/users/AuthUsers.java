package dev.parley.messages.users;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.contracts.ErrorCode;
import dev.parley.runtime.internal.ServiceCredential;
import dev.parley.runtime.problem.Problem;
import dev.parley.runtime.token.AuthAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/// Asks the auth-service (`POST /internal/users/exist`).
@ApplicationScoped
class AuthUsers implements Users {
  private static final Logger LOG = Logger.getLogger(AuthUsers.class);

  /// How many the auth-service looks up at once.
  private static final int MOST = 5_000;

  /// One look-up by key takes milliseconds; a client that waits longer had better ask again.
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final HttpClient http =
      HttpClient.newBuilder()
          .connectTimeout(TIMEOUT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .version(HttpClient.Version.HTTP_1_1)
          .build();
  private final URI address;
  private final String credential;
  private final ObjectMapper json;

  @Inject
  AuthUsers(AuthAddress auth, ServiceCredential credential, ObjectMapper json) {
    this(auth.url(), credential.value(), json);
  }

  AuthUsers(URI auth, String credential, ObjectMapper json) {
    this.address = URI.create(auth.toString().replaceFirst("/+$", "") + "/internal/users/exist");
    this.credential = credential;
    this.json = json;
  }

  record Asked(Collection<UUID> users) {}

  record Missing(List<UUID> missing) {}

  @Override
  public List<UUID> missing(Collection<UUID> users) {
    List<UUID> missing = new ArrayList<>();
    List<UUID> all = List.copyOf(users);
    for (int from = 0; from < all.size(); from += MOST) {
      missing.addAll(ask(all.subList(from, Math.min(all.size(), from + MOST))));
    }
    return missing;
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }

  private List<UUID> ask(List<UUID> users) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .header(ServiceCredential.HEADER, credential)
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofByteArray(json.writeValueAsBytes(new Asked(users))))
              .build();
      HttpResponse<String> response = send(request);
      if (response.statusCode() != 200) {
        LOG.warnf("%s answered %d", address, response.statusCode());
        throw unavailable();
      }
      return json.readValue(response.body(), Missing.class).missing();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(address + " did not answer as agreed", e);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warnf("%s does not answer: %s", address, e);
      throw unavailable();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable();
    }
  }

  // The request's own timeout would end with the head of the answer; a body may stall as well.
  private HttpResponse<String> send(HttpRequest request)
      throws ExecutionException, TimeoutException, InterruptedException {
    var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofString());
    try {
      return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      answer.cancel(true);
    }
  }

  private static Problem unavailable() {
    return new Problem(ErrorCode.UNAVAILABLE, "Users cannot be looked up now.", RETRY);
  }
}
