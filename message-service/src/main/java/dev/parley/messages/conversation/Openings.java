package dev.parley.messages.conversation;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Ids;
import dev.parley.contracts.Role;
import dev.parley.contracts.event.EventDetail;
import dev.parley.contracts.event.EventKind;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.messages.change.Answer;
import dev.parley.messages.change.Change;
import dev.parley.messages.change.Changes;
import dev.parley.messages.change.Repetition;
import dev.parley.messages.conversation.PostgresOpenings.First;
import dev.parley.messages.log.NewEvent;
import dev.parley.messages.log.PostgresLog;
import dev.parley.messages.users.Users;
import dev.parley.runtime.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Opens conversations. Between two people there is one direct conversation, whoever opens it and
/// however often, at the same moment included.
@ApplicationScoped
class Openings {
  private final Changes changes;
  private final PostgresOpenings rows;
  private final PostgresLog log;
  private final Users users;
  private final Clock clock;

  Openings(Changes changes, PostgresOpenings rows, PostgresLog log, Users users, Clock clock) {
    this.changes = changes;
    this.rows = rows;
    this.log = log;
    this.users = users;
    this.clock = clock;
  }

  /// Opens what `creator` asks for: 201, or 200 for a direct conversation that is there.
  ///
  /// @throws Problem `bad_request` if somebody named in it has no account
  Answer<Created> open(NewConversation wanted, UUID creator, @Nullable Repetition request) {
    Answer<Created> earlier = changes.earlier(request, Created.class);
    if (earlier != null) {
      return earlier;
    }
    UUID id =
        wanted.kind() == ConversationKind.DIRECT
            ? DirectIds.of(creator, wanted.members().getFirst())
            : Ids.timeOrdered(clock.millis());
    // Whoever is in a direct conversation that is there has an account.
    if (wanted.kind() != ConversationKind.DIRECT || !rows.exists(id)) {
      mustExist(wanted.members());
    }
    return changes.once(request, Created.class, () -> insert(id, wanted, creator));
  }

  private void mustExist(List<UUID> members) {
    List<UUID> missing = members.isEmpty() ? List.of() : users.missing(members);
    if (!missing.isEmpty()) {
      throw new Problem(
          ErrorCode.BAD_REQUEST,
          "'members' names somebody without an account: " + missing.getFirst() + ".");
    }
  }

  private Change<Created> insert(UUID id, NewConversation wanted, UUID creator) {
    List<First> members = members(wanted, creator);
    if (!rows.insert(id, wanted, creator, members, clock.millis())) {
      Conversation there = Conversation.findById(id);
      return Change.nothing(new Created(id, there.kind.wire(), there.title, there.head));
    }
    List<NewEvent> first = new ArrayList<>(members.size() + 1);
    first.add(
        new NewEvent(
            EventKind.CREATED,
            creator,
            null,
            null,
            null,
            EventDetail.created(
                wanted.kind(),
                wanted.title(),
                wanted.topic(),
                wanted.kind() == ConversationKind.CHANNEL ? wanted.joinRole() : null)));
    for (First member : members) {
      first.add(
          new NewEvent(
              EventKind.JOINED,
              creator,
              member.user(),
              null,
              null,
              EventDetail.role(member.role())));
    }
    List<LoggedEvent> logged = log.append(id, first);
    return Change.created(
        new Created(id, wanted.kind().wire(), wanted.title(), logged.getLast().seq()), logged);
  }

  private static List<First> members(NewConversation wanted, UUID creator) {
    List<First> members = new ArrayList<>(wanted.members().size() + 1);
    members.add(
        new First(creator, wanted.kind() == ConversationKind.DIRECT ? Role.MEMBER : Role.OWNER));
    wanted.members().forEach(user -> members.add(new First(user, Role.MEMBER)));
    return members;
  }
}
