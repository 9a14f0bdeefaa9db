package dev.parley.auth.revocations;

import dev.parley.contracts.token.Revocation;
import dev.parley.runtime.revocation.Revocations;
import jakarta.enterprise.context.ApplicationScoped;

/// Where revocations go out: written in the transaction that decides them, and so never lost, then
/// published to Kafka as soon as that is possible.
@ApplicationScoped
public class RevocationOutbox {
  private final Revocations revocations;
  private final KafkaRevocationPublisher publisher;

  RevocationOutbox(Revocations revocations, KafkaRevocationPublisher publisher) {
    this.revocations = revocations;
    this.publisher = publisher;
  }

  /// Writes `revocation` in the current transaction.
  public void add(Revocation revocation) {
    PendingRevocation.of(revocation).persist();
  }

  /// To be called after the transaction has committed: this process refuses the tokens from now on,
  /// the others as soon as they hear of it.
  public void committed(Revocation revocation) {
    revocations.learn(revocation);
    publisher.wake();
  }
}
