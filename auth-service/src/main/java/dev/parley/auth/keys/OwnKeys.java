package dev.parley.auth.keys;

import dev.parley.runtime.token.KeySource;
import dev.parley.runtime.token.VerificationKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/// The auth-service verifies tokens as all others do, with the keys that it publishes.
@ApplicationScoped
class OwnKeys implements KeySource {
  private final SigningKeys keys;

  OwnKeys(SigningKeys keys) {
    this.keys = keys;
  }

  @Override
  public CompletionStage<Map<String, VerificationKey>> read() {
    return CompletableFuture.completedStage(
        keys.known().keys().stream()
            .collect(
                Collectors.toMap(
                    KeySet.Entry::kid,
                    key -> new VerificationKey(key.algorithm(), key.publicKey()))));
  }
}
