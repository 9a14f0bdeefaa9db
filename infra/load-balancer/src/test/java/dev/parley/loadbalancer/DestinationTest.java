package dev.parley.loadbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DestinationTest {
  @ParameterizedTest
  @CsvSource({
    "/ws, GATEWAYS",
    "/api/auth/login, AUTH",
    "/api/users, AUTH",
    "/api/users/me, AUTH",
    "/.well-known/jwks.json, AUTH",
    "/api/conversations, MESSAGES",
    "/api/conversations/01890a5d-ac96-774b-bcce-b302099a8057/events, MESSAGES",
    "/api/search, MESSAGES",
    "/api/admin/conversations/01890a5d-ac96-774b-bcce-b302099a8057/messages/x/trail, MESSAGES",
    "/api/presence, PRESENCE"
  })
  void everyPathOfTheApiHasItsOwner(String path, Destination owner) {
    assertEquals(owner, Destination.of(path));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "",
        "*",
        "/api",
        "/api/",
        "/api/authors",
        "/api/admin",
        "/api/administrators",
        "/api/presence2",
        "/ws/",
        "/ws/x",
        "/wss",
        "/internal/presence",
        "//internal/presence",
        "/api/../internal/presence",
        "/api/presence/../../internal/presence",
        "/api/presence/..",
        "/api/presence/./x",
        "/api/presence//x",
        "/api/presence/%2e%2e/%2e%2e/internal/presence",
        "/api/presence/..%2f..%2finternal",
        "/api/presence/%252e%252e/internal",
        "/api/presence/..;/..;/internal",
        "/api/presence;x=/../internal",
        "/api/presence\\..\\..\\internal",
        "/API/presence",
        "/q/health",
        "/q/metrics",
        "/q/openapi",
        "/%71/metrics",
        "/.well-known/other",
        "internal/presence"
      })
  void nothingElseExists(String path) {
    assertNull(Destination.of(path));
  }

  @Test
  void missingPathHasNoOwner() {
    assertNull(Destination.of(null));
  }
}
