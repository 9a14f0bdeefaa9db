package dev.parley.kubernetes;

import static dev.parley.kubernetes.Manifests.object;
import static dev.parley.kubernetes.Manifests.objects;
import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Ingress leads where the other entries do, by the rules of Kubernetes for paths.
class EntryTest {
  @ParameterizedTest
  @CsvSource({
    "/ws, gateway-service",
    "/ws/, ",
    "/wsx, ",
    "/api/auth, auth-service",
    "/api/auth/login, auth-service",
    "/api/authority, ",
    "/api/users/me, auth-service",
    "/.well-known/jwks.json, auth-service",
    "/.well-known/other, ",
    "/api/conversations, message-service",
    "/api/conversations/1/events, message-service",
    "/api/search, message-service",
    "/api/search/more, ",
    "/api/admin/conversations/1/messages/2/trail, message-service",
    "/api/admin, ",
    "/api/presence, presence-service",
    "/api, ",
    "/, ",
    "/internal/keys/rotate, ",
    "/internal/presence, ",
    "/q/health, ",
    "/q/metrics, "
  })
  void pathLeadsToItsOwner(String path, String owner) {
    List<String> owners =
        Installation.render("base").of("Ingress").stream()
            .flatMap(ingress -> objects(ingress, "/spec/rules").stream())
            .flatMap(rule -> objects(rule, "/http/paths").stream())
            .filter(rule -> matches(rule, path))
            .map(rule -> object(rule, "/backend/service").getString("name"))
            .toList();
    assertEquals(owner == null ? List.of() : List.of(owner), owners);
  }

  private static boolean matches(JsonObject rule, String path) {
    String pattern = rule.getString("path");
    return switch (rule.getString("pathType")) {
      case "Exact" -> path.equals(pattern);
      case "Prefix" -> path.equals(pattern) || path.startsWith(pattern + "/");
      default -> throw new IllegalStateException("a path type that each controller reads its way");
    };
  }
}
