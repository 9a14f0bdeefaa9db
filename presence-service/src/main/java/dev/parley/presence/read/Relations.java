package dev.parley.presence.read;

import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.JsonWriter;
import dev.parley.contracts.json.NotJson;
import dev.parley.runtime.instances.Instances;
import dev.parley.runtime.internal.ServiceCredential;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/// Who may know how whom is: people who share a group or a direct conversation, as the
/// message-service knows. Deny by default: while it does not answer, nobody is related.
@ApplicationScoped
class Relations {
  private static final Logger LOG = Logger.getLogger(Relations.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final Instances messages;
  private final ServiceCredential credential;

  /// @param messages the internal base URLs of the message-service's instances
  Relations(
      @ConfigProperty(name = "parley.messages.url", defaultValue = "http://127.0.0.1:8082")
          List<URI> messages,
      ServiceCredential credential) {
    this.messages = new Instances(messages);
    this.credential = credential;
  }

  @PreDestroy
  void close() {
    http.shutdownNow();
  }

  /// Those of `others` whose presence `user` may know; one's own always. Blocks.
  Set<UUID> of(UUID user, Collection<UUID> others) {
    Set<UUID> related = new HashSet<>();
    if (others.contains(user)) {
      related.add(user);
    }
    if (others.size() > related.size()) {
      related.addAll(ask(user, others));
    }
    return related;
  }

  private Set<UUID> ask(UUID user, Collection<UUID> others) {
    List<JsonText> ids = others.stream().map(id -> JsonText.of('"' + id.toString() + '"')).toList();
    byte[] body = JsonWriter.object().with("user", user).with("others", ids).end().utf8();
    for (int i = 0; i < messages.count(); i++) {
      URI instance = messages.current();
      Optional<Set<UUID>> related = ask(instance, body);
      if (related.isPresent()) {
        return related.get();
      }
      messages.unreachable(instance);
    }
    return Set.of();
  }

  private Optional<Set<UUID>> ask(URI instance, byte[] body) {
    HttpRequest request =
        HttpRequest.newBuilder(instance.resolve("/internal/relations"))
            .header("Content-Type", "application/json")
            .header(ServiceCredential.HEADER, credential.value())
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    var answer = http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      // The request's own timeout ends with the head of the answer; a body may stall as well.
      HttpResponse<byte[]> response = answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      if (response.statusCode() == 200) {
        return Optional.of(related(response.body()));
      }
      LOG.warnf("the message-service answers %d about relations", response.statusCode());
    } catch (ExecutionException e) {
      LOG.warnf("the message-service does not answer about relations: %s", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      LOG.warnf("the message-service does not answer about relations within %s", TIMEOUT);
    } catch (NotJson e) {
      LOG.warnf("the message-service does not answer about relations in JSON: %s", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  private static Set<UUID> related(byte[] body) throws NotJson {
    Set<UUID> related = new HashSet<>();
    if (JsonReader.read(body).object().get("related") instanceof JsonValue.Items items) {
      for (JsonValue item : items.values()) {
        UUID id = item instanceof JsonValue.Text text ? Ids.parse(text.value()) : null;
        if (id != null) {
          related.add(id);
        }
      }
    }
    return related;
  }
}
