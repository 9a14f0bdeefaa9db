package dev.parley.auth.users;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.UUID;

/// A row of `registrations`: which user an `Idempotency-Key` made.
@Entity
@Table(name = "registrations")
public class Registration extends PanacheEntityBase {
  @Id public UUID idempotencyKey;
  public UUID userId;
}
