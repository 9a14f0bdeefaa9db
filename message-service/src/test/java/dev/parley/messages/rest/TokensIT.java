package dev.parley.messages.rest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.testing.ForgedTokens.Forged;
import dev.parley.testing.ParleyBackends;
import dev.parley.testing.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class TokensIT {
  @Test
  void everyForgedTokenIsRefused() {
    Person anna = Person.somebody();
    String group = anna.opened("group");
    List<String> wrong = new ArrayList<>();
    for (Forged forged : TokenIssuer.shared().forged(anna.id())) {
      Response answer =
          RestAssured.given()
              .header("Authorization", "Bearer " + forged.token())
              .get("/api/conversations" + group);
      if (answer.statusCode() != 401 || !answer.asString().contains("\"unauthenticated\"")) {
        wrong.add(forged + ": " + answer.statusCode());
      }
    }
    assertEquals(List.of(), wrong);
  }
}
