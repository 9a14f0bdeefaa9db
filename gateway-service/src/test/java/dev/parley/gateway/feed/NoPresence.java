package dev.parley.gateway.feed;

import dev.parley.gateway.presence.PresenceClient;
import java.lang.reflect.Proxy;

/// Presence in which nobody is interested.
final class NoPresence {
  static final PresenceClient CLIENT =
      (PresenceClient)
          Proxy.newProxyInstance(
              PresenceClient.class.getClassLoader(),
              new Class<?>[] {PresenceClient.class},
              (proxy, method, args) -> {
                throw new AssertionError("nobody asks for " + method.getName());
              });

  private NoPresence() {}
}
