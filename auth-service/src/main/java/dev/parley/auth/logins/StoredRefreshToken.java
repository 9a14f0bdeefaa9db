package dev.parley.auth.logins;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A row of `refresh_tokens`: a token that may be used, or the one that was used last.
@Entity
@Table(name = "refresh_tokens")
public class StoredRefreshToken extends PanacheEntityBase {
  @Id public byte[] hash;
  public UUID loginId;
  public int generation;
  public @Nullable Instant replacedAt;

  static @Nullable StoredRefreshToken withHash(byte[] hash) {
    return findById(hash);
  }

  /// Forgets all tokens of `login` but `kept`.
  static void forgetOthers(UUID login, byte[] kept) {
    delete("loginId = ?1 AND hash <> ?2", login, kept);
  }

  static void forgetAll(UUID login) {
    delete("loginId", login);
  }
}
