package dev.parley.gateway.transport.websocket;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which pages may connect. Browsers send `Origin` with every handshake and apply no same-origin
/// rule to it themselves; native clients send none.
final class Origins {
  private final Optional<Set<String>> allowed;

  /// @param allowed empty: only the origin that is connected to
  Origins(Optional<Set<String>> allowed) {
    this.allowed =
        allowed.map(origins ->
            origins.stream()
                .map(origin -> origin.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
  }

  /// @param host the authority that the client connects to, for example `chat.example:8080`
  boolean allow(@Nullable String origin, @Nullable String host) {
    if (origin == null) {
      return true;
    }
    String lower = origin.toLowerCase(Locale.ROOT);
    return allowed.map(origins -> origins.contains(lower)).orElseGet(() -> same(lower, host));
  }

  private static boolean same(String origin, @Nullable String host) {
    if (host == null) {
      return false;
    }
    try {
      URI page = new URI(origin);
      URI target = new URI(page.getScheme() + "://" + host.toLowerCase(Locale.ROOT));
      return page.getHost() != null
          && page.getHost().equals(target.getHost())
          && port(page) == port(target);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// TLS may end in front of us, so the default is that of the page's scheme on both sides.
  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return "https".equals(uri.getScheme()) ? 443 : 80;
  }
}
