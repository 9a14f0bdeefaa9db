package dev.parley.auth.keys;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/// A row of `signing_keys`.
@Entity
@Table(name = "signing_keys")
public class SigningKey extends PanacheEntityBase {
  @Id public String kid;

  /// The name of a [dev.parley.contracts.token.SigningAlgorithm].
  public String algorithm;

  public byte[] publicKey;
  public byte[] privateKey;
  public Instant createdAt;
  public Instant signsFrom;

  /// All keys, the one that begins to sign last being last.
  static List<SigningKey> inOrder() {
    return list("ORDER BY signsFrom, kid");
  }
}
