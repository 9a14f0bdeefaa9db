package dev.parley.messages.conversation;

import dev.parley.contracts.Role;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Somebody's membership of a conversation, with their read position; or, with role `BANNED`, the
/// note that they are shut out. Role and existence change only under the conversation's lock.
@Entity
@Table(name = "member")
public class Member extends PanacheEntityBase {
  /// Who, where.
  @Embeddable
  public record Key(
      @Column(name = "conversation") UUID conversation, @Column(name = "user_id") UUID user) {}

  @EmbeddedId public Key key;

  @Enumerated(EnumType.STRING)
  public Role role;

  /// The last sequence number that this member has read. Receipts move it by SQL and without the
  /// lock, so it is written here only with a new row, and by [#catchUp].
  @Column(name = "read_seq", updatable = false)
  public long read;

  /// When this member came in, epoch milliseconds.
  @Column(name = "joined_at")
  public long joinedAt;

  /// Number of the event by which this member came in.
  @Column(name = "joined_seq")
  public long joinedSeq;

  /// The row of `user` in `conversation`, or null.
  public static @Nullable Member find(UUID conversation, UUID user) {
    return findById(new Key(conversation, user));
  }

  /// Counts all up to `head` as read by this one, in SQL as receipts do. The objects that were read
  /// before do not show it.
  public static void catchUp(Key reader, long head) {
    update(
        "read = greatest(read, ?1) where key.conversation = ?2 and key.user = ?3",
        head,
        reader.conversation(),
        reader.user());
  }

  /// Whether the conversation has an owner besides this one.
  public static boolean anotherOwner(Key owner) {
    return count(
            "key.conversation = ?1 and key.user <> ?2 and role = dev.parley.contracts.Role.OWNER",
            owner.conversation(),
            owner.user())
        > 0;
  }
}
