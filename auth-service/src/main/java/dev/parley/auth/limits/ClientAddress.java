package dev.parley.auth.limits;

import io.vertx.core.http.HttpServerRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds whom limits apply to. `X-Forwarded-For` is believed only as far as trusted proxies wrote
/// it: read from its end, the first address that is not a trusted proxy's is the client. An IPv6
/// client is its /64 network, since it may take any address in there.
final class ClientAddress {
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final int IPV6_PREFIX_BYTES = 8;

  private final List<Network> trusted;

  ClientAddress(List<Network> trusted) {
    this.trusted = trusted;
  }

  String of(HttpServerRequest request) {
    String peer = request.remoteAddress().hostAddress();
    return of(peer == null ? "" : peer, String.join(",", request.headers().getAll(FORWARDED_FOR)));
  }

  String of(String peer, String forwardedFor) {
    InetAddress client = parse(peer);
    List<String> hops = Arrays.asList(forwardedFor.split(",", -1));
    for (String hop : hops.reversed()) {
      if (client == null || !isTrusted(client)) {
        break;
      }
      InetAddress before = parse(hop.strip());
      if (before == null) {
        break;
      }
      client = before;
    }
    return client == null ? "unknown" : key(client);
  }

  private boolean isTrusted(InetAddress address) {
    return trusted.stream().anyMatch(network -> network.contains(address));
  }

  private static String key(InetAddress address) {
    return address instanceof Inet6Address
        ? HexFormat.of().formatHex(address.getAddress(), 0, IPV6_PREFIX_BYTES) + "/64"
        : address.getHostAddress();
  }

  private static @Nullable InetAddress parse(String text) {
    try {
      return InetAddress.ofLiteral(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
