package dev.parley.auth.keys;

import dev.parley.contracts.token.SigningAlgorithm;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;

/// The keys as one instance knows them, and which of them does what at a given time.
///
/// @param keys in the order in which they begin to sign
record KeySet(List<Entry> keys) {
  /// One key pair.
  ///
  /// @param signsFrom from then on it signs, until the next one does
  record Entry(
      String kid,
      SigningAlgorithm algorithm,
      PublicKey publicKey,
      PrivateKey privateKey,
      Instant signsFrom) {}

  /// The key that signs at `now`: the latest that has begun.
  ///
  /// @throws IllegalStateException if none has
  Entry signing(Instant now) {
    return keys.reversed().stream()
        .filter(key -> !key.signsFrom().isAfter(now))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no key signs yet"));
  }

  /// The algorithm of the key that signs last; the default where there is none.
  SigningAlgorithm algorithm() {
    return keys.isEmpty() ? SigningAlgorithm.RS256 : keys.getLast().algorithm();
  }

  /// Whether a key signs at `now`.
  boolean signs(Instant now) {
    return keys.stream().anyMatch(key -> !key.signsFrom().isAfter(now));
  }

  /// The keys whose last token has ended before `limit`: those whose successor has signed since
  /// then.
  List<Entry> over(Instant limit) {
    return keys.stream()
        .filter(key ->
            keys.stream()
                .anyMatch(next ->
                    next.signsFrom().isAfter(key.signsFrom()) && next.signsFrom().isBefore(limit)))
        .toList();
  }
}
