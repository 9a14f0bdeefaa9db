package dev.parley.gateway.token;

import dev.parley.runtime.token.Caller;
import dev.parley.runtime.token.Verdict;
import java.util.concurrent.CompletionStage;

/// Whether a client is who it says. Any thread; nothing blocks.
public interface Tokens {
  /// The verdict on an access token; never completes exceptionally.
  CompletionStage<Verdict> verify(String token);

  /// Begins to watch for the revocation of the token that `session` was opened with. Returns false
  /// if it is revoked already: then nothing is watched.
  boolean watch(Holder session);

  /// Ends it.
  void forget(Holder session);

  /// What lives by a token.
  interface Holder {
    /// What the token says; changes only while it is not watched.
    Caller caller();

    /// The token has been revoked; any thread.
    void revoked();
  }
}
