package dev.parley.messages.membership;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.change.Change;
import dev.parley.messages.conversation.Access;
import dev.parley.messages.conversation.Conversation;
import dev.parley.messages.conversation.Member;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.permission.Operation;
import dev.parley.messages.permission.Operation.Plain;
import dev.parley.runtime.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Every change of who is in a conversation. Each method is called inside a transaction, locks the
/// conversation's row first, decides on what it reads under that lock, and appends the one event
/// that tells of the change. What is so already is no change.
///
/// A ban ends the membership with a `left` event that carries the role `banned`; lifting it is a
/// `left` without, and taking somebody back in is a `joined`. So the log alone tells the
/// memberships, and clients that know only `joined` and `left` get them right.
///
/// Such a `left` about somebody who was not in the conversation is for those who are: to the one
/// whom it is about it ends nothing, and could tell of a conversation that they must not know of.
@ApplicationScoped
class Memberships {
  private final Access access;
  private final PostgresLog log;

  Memberships(Access access, PostgresLog log) {
    this.access = access;
    this.log = log;
  }

  /// `actor` makes `user`, who is nobody here or banned, a member with `role`.
  Change<MembershipChange> add(UUID actor, UUID conversation, UUID user, Role role) {
    Access.Rows locked = access.locked(actor, conversation);
    locked.require(new Operation.Add(role));
    Member member = Member.find(conversation, user);
    if (member == null || member.role == Role.BANNED) {
      return enter(locked.conversation(), member, actor, user, role);
    }
    if (member.role == role) {
      return unchanged(member);
    }
    throw new Problem(
        ErrorCode.CONFLICT, "This user is a member already, with role " + member.role.wire() + ".");
  }

  /// `actor` gives `user` another role; `BANNED` shuts them out, and any other lifts a ban.
  Change<MembershipChange> give(UUID actor, UUID conversation, UUID user, Role role) {
    if (role == Role.BANNED) {
      return ban(actor, conversation, user);
    }
    Access.Rows locked = access.locked(actor, conversation);
    Member member = Member.find(conversation, user);
    if (member != null && member.role == Role.BANNED) {
      locked.require(new Operation.Add(role));
      return enter(locked.conversation(), member, actor, user, role);
    }
    locked.require(Plain.CHANGE_ROLE);
    if (member == null) {
      throw noMember();
    }
    if (member.role == role) {
      return unchanged(member);
    }
    keepAnOwner(member);
    member.role = role;
    return change(conversation, EventKind.ROLE, actor, user, EventDetail.role(role), role);
  }

  private Change<MembershipChange> ban(UUID actor, UUID conversation, UUID user) {
    Access.Rows locked = access.locked(actor, conversation);
    Member member = Member.find(conversation, user);
    locked.require(new Operation.Ban(member == null ? null : member.role));
    if (member == null) {
      row(locked.conversation(), user, Role.BANNED).persist();
      if (locked.conversation().kind != ConversationKind.CHANNEL) {
        return changeOutside(conversation, actor, user, Role.BANNED);
      }
      // A channel is no secret, and a visitor's subscription must end.
    } else if (member.role == Role.BANNED) {
      return unchanged(member);
    } else {
      member.role = Role.BANNED;
      locked.conversation().memberCount--;
    }
    JsonText banned = EventDetail.role(Role.BANNED);
    return change(conversation, EventKind.LEFT, actor, user, banned, Role.BANNED);
  }

  /// `actor` ends the membership of `user`, or lifts their ban; of themselves: [#leave].
  Change<MembershipChange> remove(UUID actor, UUID conversation, UUID user) {
    if (actor.equals(user)) {
      return leave(user, conversation);
    }
    Access.Rows locked = access.locked(actor, conversation);
    Member member = Member.find(conversation, user);
    locked.require(new Operation.Remove(member == null ? null : member.role));
    if (member == null) {
      throw noMember();
    }
    return exit(locked.conversation(), member, actor);
  }

  /// `user` becomes a member of a channel by themselves.
  Change<MembershipChange> join(UUID user, UUID conversation) {
    Access.Rows locked = access.locked(user, conversation);
    locked.require(Plain.JOIN);
    Member member = locked.member();
    return member == null
        ? enter(locked.conversation(), null, user, user, locked.conversation().joinRole)
        : unchanged(member);
  }

  /// `user` stops being a member by themselves.
  Change<MembershipChange> leave(UUID user, UUID conversation) {
    Access.Rows locked = access.locked(user, conversation);
    locked.require(Plain.LEAVE);
    Member member = locked.member();
    if (member == null) {
      return Change.nothing(MembershipChange.none(conversation, user, null));
    }
    keepAnOwner(member);
    return exit(locked.conversation(), member, user);
  }

  private Change<MembershipChange> enter(
      Conversation conversation, @Nullable Member banned, UUID actor, UUID user, Role role) {
    Member member = banned == null ? row(conversation, user, role) : banned;
    if (banned != null) {
      // What was said while somebody was shut out is not unread to them either.
      Member.catchUp(banned.key, conversation.head);
    }
    member.role = role;
    conversation.memberCount++;
    Change<MembershipChange> change =
        change(conversation.id, EventKind.JOINED, actor, user, EventDetail.role(role), role);
    LoggedEvent joined = change.events().getFirst();
    member.joinedAt = joined.at();
    member.joinedSeq = joined.seq();
    member.persist();
    return new Change<>(201, change.body(), change.events());
  }

  // What was said before somebody came is not unread to them.
  private static Member row(Conversation conversation, UUID user, Role role) {
    Member member = new Member();
    member.key = new Member.Key(conversation.id, user);
    member.role = role;
    member.read = conversation.head;
    member.joinedAt = conversation.lastAt;
    return member;
  }

  private Change<MembershipChange> exit(Conversation conversation, Member member, UUID actor) {
    member.delete();
    if (member.role == Role.BANNED) {
      return changeOutside(conversation.id, actor, member.key.user(), null);
    }
    conversation.memberCount--;
    return change(
        conversation.id, EventKind.LEFT, actor, member.key.user(), EventDetail.none(), null);
  }

  /// Goes on unless `member` is the last owner, who is about to stop being one.
  private static void keepAnOwner(Member member) {
    if (member.role == Role.OWNER && !Member.anotherOwner(member.key)) {
      throw new Problem(
          ErrorCode.CONFLICT, "The last owner stays; make somebody else an owner first.");
    }
  }

  private Change<MembershipChange> change(
      UUID conversation,
      EventKind kind,
      UUID actor,
      UUID user,
      JsonText detail,
      @Nullable Role role) {
    return append(conversation, new NewEvent(kind, actor, user, null, null, detail), user, role);
  }

  private Change<MembershipChange> changeOutside(
      UUID conversation, UUID actor, UUID user, @Nullable Role role) {
    JsonText detail = EventDetail.outside(user, role);
    return append(
        conversation, new NewEvent(EventKind.LEFT, actor, null, null, null, detail), user, role);
  }

  private Change<MembershipChange> append(
      UUID conversation, NewEvent event, UUID user, @Nullable Role role) {
    List<LoggedEvent> logged = log.append(conversation, List.of(event));
    return Change.done(MembershipChange.by(logged.getFirst(), user, role), logged);
  }

  private static Change<MembershipChange> unchanged(Member member) {
    return Change.nothing(
        MembershipChange.none(member.key.conversation(), member.key.user(), member.role));
  }

  private static Problem noMember() {
    return new Problem(ErrorCode.NOT_FOUND, "This user is not in the conversation.");
  }
}
