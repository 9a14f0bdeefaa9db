package dev.parley.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class BackendsIT {
  @Test
  void everyProcessHasADatabaseOfItsOwn() throws Exception {
    Backends backends = Backends.ofThisProcess();
    String url = backends.database("_x");
    assertEquals(url, backends.database("_x"));
    try (var connection = DriverManager.getConnection(url, backends.user(), backends.password())) {
      assertTrue(connection.isValid(5));
    }
    assertTrue(url.contains("testing_" + ProcessHandle.current().pid()), url);
  }

  @Test
  void theKeySetIsServedAndTheIssuerIsOnePerProcess() throws Exception {
    TokenIssuer issuer = TokenIssuer.shared();
    assertEquals(issuer.url(), TokenIssuer.shared().url());
    try (HttpClient client = HttpClient.newHttpClient()) {
      var response =
          client.send(
              HttpRequest.newBuilder(issuer.url().resolve("/api/auth/jwks")).build(),
              BodyHandlers.ofString());
      assertTrue(response.body().contains(TokenIssuer.KEY_ID));
    }
    assertEquals(3, issuer.token(UUID.randomUUID()).split("\\.").length);
  }
}
