package dev.parley.runtime.token;

import dev.parley.contracts.token.SigningAlgorithm;
import java.security.PublicKey;

/// A published key and the one algorithm that it verifies.
public record VerificationKey(SigningAlgorithm algorithm, PublicKey key) {}
