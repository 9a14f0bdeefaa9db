package dev.parley.auth.revocations;

import static dev.parley.auth.Accounts.as;
import static dev.parley.auth.Accounts.newUser;
import static dev.parley.auth.Accounts.refresh;
import static dev.parley.auth.Accounts.tokens;
import static dev.parley.testing.Patience.await;
import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.parley.auth.Accounts.Tokens;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.Topics;
import dev.parley.contracts.token.Revocation;
import dev.parley.contracts.token.RevocationCodec;
import dev.parley.testing.Backends;
import dev.parley.testing.ParleyBackends;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class RevocationsIT {
  @Inject Topics topics;
  @Inject EntityManager entities;

  private final Map<String, Revocation> published = new HashMap<>();
  private KafkaConsumer<byte[], byte[]> consumer;

  @BeforeEach
  void follow() {
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", Backends.ofThisProcess().kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    TopicPartition partition = new TopicPartition(topics.revocations().name(), 0);
    consumer.assign(List.of(partition));
    consumer.seekToBeginning(List.of(partition));
  }

  @AfterEach
  void close() {
    consumer.close();
  }

  @Test
  void aLogoutIsPublished() throws Exception {
    Tokens tokens = newUser();
    as(tokens).post("/api/auth/logout").then().statusCode(204);
    awaitPublished("login:" + login(tokens));
  }

  @Test
  void theReuseOfARefreshTokenIsPublished() throws Exception {
    Tokens first = newUser();
    Tokens second = tokens(refresh(first.refresh()));
    tokens(refresh(second.refresh()));
    refresh(first.refresh()).then().statusCode(401);
    awaitPublished("login:" + login(first));
  }

  @Test
  void theEndOfAllLoginsIsPublishedForTheUser() {
    Tokens tokens = newUser();
    endAll(tokens.user());
    as(tokens).get("/api/users/me").then().statusCode(401);
    refresh(tokens.refresh()).then().statusCode(401);
    awaitPublished("user:" + tokens.user());
  }

  /// A refresh that holds the login's row when all are to end commits first; the access token that
  /// it signs must not be younger than the revocation.
  @Test
  void theEndOfAllLoginsIsNotBeforeTheRefreshesThatItWaitedFor() throws Exception {
    Tokens tokens = newUser();
    UUID login = UUID.fromString(login(tokens));
    try (var threads = Executors.newSingleThreadExecutor()) {
      Instant refreshed =
          QuarkusTransaction.requiringNew()
              .call(() -> {
                entities
                    .createNativeQuery("SELECT 1 FROM logins WHERE id = :id FOR UPDATE")
                    .setParameter("id", login)
                    .getSingleResult();
                var _ = threads.submit(() -> endAll(tokens.user()));
                await().until(this::somebodyWaitsForALock);
                return Instant.now().truncatedTo(ChronoUnit.MILLIS);
              });
      String key = "user:" + tokens.user();
      awaitPublished(key);
      assertFalse(published.get(key).at().isBefore(refreshed));
    }
  }

  @Test
  void whatADeadProcessLeftInTheOutboxIsPublished() {
    Revocation left =
        new Revocation.Login(UUID.randomUUID(), Instant.now().truncatedTo(ChronoUnit.MILLIS));
    QuarkusTransaction.requiringNew().run(() -> PendingRevocation.of(left).persist());
    String key = new String(RevocationCodec.key(left), UTF_8);
    awaitPublished(key);
    assertEquals(left, published.get(key));
    await()
        .until(() -> QuarkusTransaction.requiringNew().call(() -> PendingRevocation.count() == 0));
  }

  private boolean somebodyWaitsForALock() {
    return QuarkusTransaction.requiringNew()
        .call(() ->
            !entities
                .createNativeQuery("SELECT 1 FROM pg_locks WHERE NOT granted")
                .getResultList()
                .isEmpty());
  }

  private static void endAll(String user) {
    given()
        .header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL)
        .post("/internal/logins/" + user + "/end")
        .then()
        .statusCode(204);
  }

  private void awaitPublished(String key) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> {
          for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            var headers =
                new RecordHeaders.Reader(name -> record.headers().lastHeader(name).value());
            published.put(
                new String(record.key(), UTF_8), RevocationCodec.decode(headers, record.value()));
          }
          return published.containsKey(key);
        });
  }

  private static String login(Tokens tokens) throws Exception {
    String claims = tokens.access().split("\\.", -1)[1];
    return new JsonMapper().readTree(Base64.getUrlDecoder().decode(claims)).get("sid").asText();
  }
}
