package dev.parley.auth.users;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A person or program that may log in: a row of `users`.
@Entity
@Table(name = "users")
public class User extends PanacheEntityBase {
  @Id public UUID id;

  /// As it was chosen, in NFKC.
  public String username;

  /// [Names#key(String)] of it; unique.
  public String usernameKey;

  public String displayName;

  /// Both names without regard to case.
  public String searchText;

  public String passwordHash;
  public Instant createdAt;

  /// Whether they look after the installation.
  public boolean admin;

  /// The user of that [Names#key(String)], or null.
  public static @Nullable User withKey(String usernameKey) {
    return find("usernameKey", usernameKey).firstResult();
  }

  /// Whether the user of this id looks after the installation.
  public static boolean isAdmin(UUID id) {
    User user = findById(id);
    return user != null && user.admin;
  }

  /// The first `most` users whose names contain `part`; the one of that very username first, then
  /// those whose username begins with it.
  static List<User> search(String part, int most) {
    String literal = part.replace("!", "!!").replace("%", "!%").replace("_", "!_");
    return find(
            """
            searchText LIKE ?1 ESCAPE '!'
            ORDER BY CASE WHEN usernameKey = ?2 THEN 0
                          WHEN usernameKey LIKE ?3 ESCAPE '!' THEN 1 ELSE 2 END, usernameKey\
            """,
            "%" + literal + "%",
            part,
            literal + "%")
        .page(0, most)
        .list();
  }

  void name(String newDisplayName) {
    displayName = newDisplayName;
    searchText = usernameKey + "\n" + Names.key(newDisplayName);
  }
}
