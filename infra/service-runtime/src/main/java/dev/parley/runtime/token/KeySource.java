package dev.parley.runtime.token;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/// Where the public keys of access tokens come from: the JWK set of the auth-service, or inside the
/// auth-service its own store.
public interface KeySource {
  /// Reads all keys that are published now, by their `kid`. Called by one thread at a time, which
  /// may be an event loop: it must not block. Completes exceptionally if they cannot be read.
  CompletionStage<Map<String, VerificationKey>> read();
}
