package dev.parley.loadbalancer;

import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who answers a request. What is not listed here does not exist for clients: `/internal/...`,
/// `/q/...` and everything else are answered 404 by the entry itself.
enum Destination {
  GATEWAYS,
  AUTH,
  MESSAGES,
  PRESENCE;

  /// The key of this destination's addresses in the routes file.
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Who answers `path`, or null if nobody does. A path is taken literally: one that another server
  /// could read as another path (escapes, dot segments, empty segments, backslashes, parameters) is
  /// nobody's. No path of Parley's API needs any of these.
  static @Nullable Destination of(@Nullable String path) {
    if (path == null || !isPlain(path)) {
      return null;
    }
    if (path.equals("/ws")) {
      return GATEWAYS;
    }
    if (isUnder(path, "/api/auth")
        || isUnder(path, "/api/users")
        || path.equals("/.well-known/jwks.json")) {
      return AUTH;
    }
    if (isUnder(path, "/api/conversations")
        || path.startsWith("/api/admin/")
        || path.equals("/api/search")) {
      return MESSAGES;
    }
    if (isUnder(path, "/api/presence")) {
      return PRESENCE;
    }
    return null;
  }

  /// Path and query of `request`, whatever form its target has.
  static String originForm(HttpServerRequest request) {
    String path = Objects.requireNonNullElse(request.path(), "/");
    return request.query() == null ? path : path + "?" + request.query();
  }

  private static boolean isUnder(String path, String prefix) {
    return path.startsWith(prefix)
        && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
  }

  private static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '/'
              || c == '-'
              || c == '_'
              || c == '.';
      if (!plain) {
        return false;
      }
    }
    String closed = path + "/";
    return path.startsWith("/")
        && !path.contains("//")
        && !closed.contains("/./")
        && !closed.contains("/../");
  }
}
