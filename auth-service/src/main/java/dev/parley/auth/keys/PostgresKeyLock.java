package dev.parley.auth.keys;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;

/// The lock under which instances change the signing keys: an advisory lock of PostgreSQL, held to
/// the end of the transaction.
@ApplicationScoped
class PostgresKeyLock {
  // Any number, as long as nothing else in this database locks it.
  private static final long SIGNING_KEYS = 0x5061726C6579L;

  private final EntityManager entities;

  PostgresKeyLock(EntityManager entities) {
    this.entities = entities;
  }

  void take() {
    entities
        .createNativeQuery("SELECT CAST(pg_advisory_xact_lock(:key) AS text)", String.class)
        .setParameter("key", SIGNING_KEYS)
        .getSingleResult();
  }
}
