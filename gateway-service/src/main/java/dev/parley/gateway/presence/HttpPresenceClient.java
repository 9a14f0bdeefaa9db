package dev.parley.gateway.presence;

import dev.parley.contracts.Ids;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonText;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.JsonWriter;
import dev.parley.contracts.json.NotJson;
import dev.parley.gateway.internal.InternalClient;
import dev.parley.gateway.log.MessagesAddress;
import dev.parley.gateway.session.Refusal;
import dev.parley.runtime.instances.Instances;
import dev.parley.runtime.internal.ServiceCredential;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// [PresenceClient] over the internal addresses of the message-service, which knows who is related,
/// and of the presence-service.
@ApplicationScoped
class HttpPresenceClient implements PresenceClient {
  private static final Logger LOG = Logger.getLogger(HttpPresenceClient.class);
  private static final int CONNECTIONS = 8;
  private static final int WAITING = 1_000;

  private final InternalClient services;
  private final PresenceConfig config;
  private final Instances messages;

  HttpPresenceClient(
      Vertx vertx, ServiceCredential credential, PresenceConfig config, MessagesAddress messages) {
    this.config = config;
    this.messages = new Instances(messages.url());
    this.services =
        new InternalClient(
            vertx,
            credential,
            new HttpClientOptions()
                .setConnectTimeout((int) config.timeout().toMillis())
                .setMaxWaitQueueSize(WAITING)
                .setMetricsName("presence"),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS),
            config.timeout());
  }

  @PreDestroy
  void close() {
    services.close();
  }

  @Override
  public CompletionStage<Set<UUID>> related(UUID user, List<UUID> others) {
    return askMessages(
            "/internal/relations", question(user, "others", others), messages.count() - 1)
        .map(answer -> ids(answer.get("related")))
        .recover(problem -> {
          LOG.debug("relations cannot be read", problem);
          return Future.failedFuture(
              Refusal.unavailable("Presence cannot be watched now. Try again."));
        })
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(UUID user, Set<UUID> users) {
    if (users.isEmpty()) {
      return CompletableFuture.completedStage(Map.of());
    }
    return post(config.url(), "/internal/presence", question(user, "users", users))
        .map(answer -> statuses(answer.get("users")))
        .recover(problem -> {
          LOG.debug("presence cannot be read", problem);
          return Future.succeededFuture(Map.of());
        })
        .toCompletionStage();
  }

  @Override
  public CompletionStage<Map<UUID, Shown>> statuses(Set<UUID> users) {
    return post(
            config.url(),
            "/internal/statuses",
            JsonWriter.object().with("users", quoted(users)).end())
        .map(answer -> statuses(answer.get("users")))
        .toCompletionStage();
  }

  // At the next instance if one cannot be reached.
  private Future<JsonObject> askMessages(String path, JsonText body, int more) {
    URI instance = messages.current();
    return post(instance, path, body)
        .recover(problem -> {
          if (more == 0) {
            return Future.failedFuture(problem);
          }
          messages.unreachable(instance);
          return askMessages(path, body, more - 1);
        });
  }

  private Future<JsonObject> post(URI instance, String path, JsonText body) {
    return services
        .ask(instance, HttpMethod.POST, path, Buffer.buffer(body.utf8()))
        .compose(response -> read(response.status(), response.body()));
  }

  private static Future<JsonObject> read(int status, Buffer body) {
    if (status != 200) {
      return Future.failedFuture(new IllegalStateException("the answer is " + status));
    }
    try {
      return Future.succeededFuture(JsonReader.read(body.getBytes()).object());
    } catch (NotJson e) {
      return Future.failedFuture(e);
    }
  }

  private static JsonText question(UUID user, String name, Collection<UUID> ids) {
    return JsonWriter.object().with("user", user).with(name, quoted(ids)).end();
  }

  private static List<JsonText> quoted(Collection<UUID> ids) {
    return ids.stream().map(id -> JsonText.of("\"" + id + "\"")).toList();
  }

  private static Set<UUID> ids(@Nullable JsonValue values) {
    Set<UUID> ids = new HashSet<>();
    if (values instanceof JsonValue.Items(List<JsonValue> items)) {
      for (JsonValue item : items) {
        UUID id = item instanceof JsonValue.Text(String text) ? Ids.parse(text) : null;
        if (id != null) {
          ids.add(id);
        }
      }
    }
    return ids;
  }

  private static Map<UUID, Shown> statuses(@Nullable JsonValue values) {
    Map<UUID, Shown> statuses = new HashMap<>();
    if (values instanceof JsonValue.Items(List<JsonValue> items)) {
      for (JsonValue item : items) {
        if (item instanceof JsonObject status
            && status.get("user") instanceof JsonValue.Text(String text)) {
          UUID user = Ids.parse(text);
          Shown shown = Shown.of(status);
          if (user != null && shown.mark() != Shown.UNKNOWN) {
            statuses.put(user, shown);
          }
        }
      }
    }
    return statuses;
  }
}
