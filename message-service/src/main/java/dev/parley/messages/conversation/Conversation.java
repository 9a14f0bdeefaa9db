package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A conversation: what it is called, and how far its log has come. Changed only under its row's
/// lock, inside a transaction.
@Entity
@Table(name = "conversation")
public class Conversation extends PanacheEntityBase {
  @Id public UUID id;

  @Enumerated(EnumType.STRING)
  public ConversationKind kind;

  public @Nullable String title;

  public @Nullable String topic;

  /// What people who join a channel by themselves become.
  @Enumerated(EnumType.STRING)
  @Column(name = "join_role")
  public Role joinRole;

  /// The greatest sequence number given, as it was when this was read: the log moves it by SQL.
  @Column(insertable = false, updatable = false)
  public long head;

  /// When the event at the head was committed, epoch milliseconds; moved by the log as well.
  @Column(name = "last_at", updatable = false)
  public long lastAt;

  /// Members who are not banned.
  @Column(name = "member_count")
  public int memberCount;

  @Column(name = "created_by", updatable = false)
  public UUID createdBy;

  @Column(name = "created_at", updatable = false)
  public long createdAt;

  /// The conversation with its row locked until the transaction ends, or null. Everything else
  /// about it is read in later statements, which see what was committed before the lock.
  public static @Nullable Conversation locked(UUID id) {
    return findById(id, LockModeType.PESSIMISTIC_WRITE);
  }
}
