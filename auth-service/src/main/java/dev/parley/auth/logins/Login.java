package dev.parley.auth.logins;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One entry of a password, and all the tokens that stem from it: a row of `logins`.
@Entity
@Table(name = "logins")
public class Login extends PanacheEntityBase {
  @Id public UUID id;
  public UUID userId;
  public @Nullable String device;
  public byte[] familyHash;
  public int generation;
  public Instant createdAt;
  public Instant expiresAt;
  public @Nullable Instant endedAt;

  /// The login of that id, locked until the end of the transaction, or null.
  static @Nullable Login locked(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }

  boolean lives(Instant now) {
    return endedAt == null && now.isBefore(expiresAt);
  }
}
