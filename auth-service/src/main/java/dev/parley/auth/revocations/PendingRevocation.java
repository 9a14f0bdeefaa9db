package dev.parley.auth.revocations;

import dev.parley.contracts.Ids;
import dev.parley.contracts.token.Revocation;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `revocation_outbox`.
@Entity
@Table(name = "revocation_outbox")
public class PendingRevocation extends PanacheEntityBase {
  @Id public UUID id;
  public @Nullable UUID loginId;
  public @Nullable UUID userId;
  public Instant at;

  static PendingRevocation of(Revocation revocation) {
    PendingRevocation row = new PendingRevocation();
    row.id = Ids.timeOrdered(revocation.at().toEpochMilli());
    row.at = revocation.at();
    switch (revocation) {
      case Revocation.Login r -> row.loginId = r.login();
      case Revocation.User r -> row.userId = r.user();
    }
    return row;
  }

  Revocation revocation() {
    if (loginId != null) {
      return new Revocation.Login(loginId, at);
    }
    return new Revocation.User(Objects.requireNonNull(userId), at);
  }
}
