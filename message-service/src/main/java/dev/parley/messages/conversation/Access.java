package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.messages.permission.Decision;
import dev.parley.messages.permission.Operation;
import dev.parley.messages.permission.Permissions;
import dev.parley.runtime.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// How users stand to conversations, and the refusal of what they may not do. Every way in over
/// REST begins here.
@ApplicationScoped
public class Access {
  private final PostgresStandings standings;

  Access(PostgresStandings standings) {
    this.standings = standings;
  }

  /// A user's standing as it was a moment ago: enough to read, and to refuse early what will be
  /// decided again under the lock.
  ///
  /// @param role null: neither member nor banned
  /// @param head the greatest sequence number at that moment
  public record Standing(ConversationKind kind, @Nullable Role role, long head) {
    /// Goes on if `operation` is allowed.
    ///
    /// @throws Problem the refusal
    public void require(Operation operation) {
      Access.require(kind, role, operation);
    }
  }

  /// A conversation and a user's standing to it, as the transaction read them; it holds the
  /// conversation's lock if they are from [#locked].
  ///
  /// @param member null: neither member nor banned
  public record Rows(Conversation conversation, @Nullable Member member) {
    /// Goes on if `operation` is allowed.
    ///
    /// @throws Problem the refusal
    public void require(Operation operation) {
      Access.require(conversation.kind, member == null ? null : member.role, operation);
    }
  }

  /// How `user` stands to `conversation`.
  ///
  /// @throws Problem `not_found` if there is no such conversation
  public Standing of(UUID user, UUID conversation) {
    Standing standing = standings.find(user, conversation);
    if (standing == null) {
      throw refusal(Permissions.UNKNOWN);
    }
    return standing;
  }

  /// Locks the conversation's row until the transaction ends, then reads how `user` stands to it.
  ///
  /// @throws Problem `not_found` if there is no such conversation
  public Rows locked(UUID user, UUID conversation) {
    return rows(user, conversation, Conversation.locked(conversation));
  }

  /// Reads the conversation, then how `user` stands to it: whoever was removed before a change that
  /// was read is seen to be removed. Inside a transaction; locks nothing.
  ///
  /// @throws Problem `not_found` if there is no such conversation
  Rows rows(UUID user, UUID conversation) {
    return rows(user, conversation, Conversation.findById(conversation));
  }

  private static Rows rows(UUID user, UUID conversation, @Nullable Conversation found) {
    if (found == null) {
      throw refusal(Permissions.UNKNOWN);
    }
    return new Rows(found, Member.find(conversation, user));
  }

  private static void require(ConversationKind kind, @Nullable Role role, Operation operation) {
    if (Permissions.decide(kind, role, operation) instanceof Decision.Refused refused) {
      throw refusal(refused);
    }
  }

  private static Problem refusal(Decision.Refused refused) {
    return new Problem(refused.code(), refused.message());
  }
}
