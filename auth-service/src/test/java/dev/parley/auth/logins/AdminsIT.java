package dev.parley.auth.logins;

import static io.restassured.RestAssured.given;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.parley.auth.Accounts;
import dev.parley.testing.ParleyBackends;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(ParleyBackends.class)
class AdminsIT {
  @Test
  void theNextTokenOfAnAdministratorSaysSo() {
    Accounts.Tokens ann = Accounts.newUser();
    assertNull(roles(ann.access()));
    operator().put("/internal/admins/" + ann.user()).then().statusCode(204);
    Accounts.Tokens next = Accounts.tokens(Accounts.refresh(ann.refresh()));
    assertEquals(JsonArray.of("admin"), roles(next.access()));
  }

  @Test
  void whoIsNoAdministratorAnyMoreHasNoTokenThatSaysOtherwise() {
    Accounts.Tokens ann = Accounts.newUser();
    operator().put("/internal/admins/" + ann.user()).then().statusCode(204);
    Accounts.Tokens admin = Accounts.tokens(Accounts.refresh(ann.refresh()));
    operator().delete("/internal/admins/" + ann.user()).then().statusCode(204);
    Accounts.as(admin).get("/api/users/me").then().statusCode(401);
    Accounts.refresh(admin.refresh()).then().statusCode(401);
  }

  @Test
  void nobodyMakesThemselvesOne() {
    Accounts.Tokens ann = Accounts.newUser();
    Accounts.as(ann).put("/internal/admins/" + ann.user()).then().statusCode(403);
    operator().put("/internal/admins/" + UUID.randomUUID()).then().statusCode(404);
    operator().put("/internal/admins/ann").then().statusCode(400);
  }

  private static RequestSpecification operator() {
    return given().header("Parley-Service", ParleyBackends.SERVICE_CREDENTIAL);
  }

  private static JsonArray roles(String token) {
    String claims = token.substring(token.indexOf('.') + 1, token.lastIndexOf('.'));
    return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(claims)))
        .getJsonArray("roles");
  }
}
