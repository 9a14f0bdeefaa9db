package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.ErrorCode;
import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.messages.probe.Sends;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SequencerTest {
  private static final long LAST_AT = 5_000;

  private final UUID conversation = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();
  private final LogModel log =
      new LogModel()
          .conversation(conversation, ConversationKind.GROUP, LAST_AT)
          .member(conversation, user, Role.MEMBER);

  @Test
  void timeNeverRunsBackwards() {
    assertEquals(LAST_AT, logged(LAST_AT - 1_000).event().at());
    assertEquals(LAST_AT + 1, logged(LAST_AT + 1).event().at());
    assertEquals(LAST_AT + 1, logged(LAST_AT).event().at());
  }

  @Test
  void sameIdInOneBatchIsOneEvent() {
    Command send = send(UUID.randomUUID());
    List<Outcome> outcomes = log.apply(List.of(send, send), LAST_AT);
    assertInstanceOf(Outcome.Logged.class, outcomes.get(0));
    assertInstanceOf(Outcome.Repeated.class, outcomes.get(1));
  }

  @Test
  void firstAnswerStandsAfterTheSenderHasLeft() {
    Command send = send(UUID.randomUUID());
    log.apply(List.of(send), LAST_AT);
    log.without(conversation, user);
    assertInstanceOf(Outcome.Repeated.class, log.apply(List.of(send), LAST_AT).getFirst());
    assertRefused(ErrorCode.NOT_FOUND, send(UUID.randomUUID()));
  }

  @Test
  void idOfAnotherUserIsAConflict() {
    UUID message = UUID.randomUUID();
    UUID other = UUID.randomUUID();
    log.member(conversation, other, Role.OWNER).apply(List.of(send(message)), LAST_AT);
    assertRefused(ErrorCode.CONFLICT, Sends.by(other, conversation, message));
  }

  @Test
  void strangerDoesNotLearnThatAnIdIsTaken() {
    UUID message = UUID.randomUUID();
    log.apply(List.of(send(message)), LAST_AT);
    assertRefused(ErrorCode.NOT_FOUND, Sends.by(UUID.randomUUID(), conversation, message));
  }

  @Test
  void unknownConversationIsNotFound() {
    assertRefused(ErrorCode.NOT_FOUND, Sends.by(user, UUID.randomUUID(), UUID.randomUUID()));
  }

  @Test
  void readerMayNotPost() {
    log.member(conversation, user, Role.READER);
    assertRefused(ErrorCode.FORBIDDEN, send(UUID.randomUUID()));
  }

  @Test
  void replyNamesAMessageOfTheConversation() {
    UUID target = UUID.randomUUID();
    Command.Send first = send(target);
    Command.Send reply =
        new Command.Send(
            conversation, user, UUID.randomUUID(), first.reply(), target, first.content());
    assertRefused(ErrorCode.BAD_REQUEST, reply);
    // Also one of the same batch.
    List<Outcome> outcomes = log.apply(List.of(first, reply), LAST_AT);
    assertEquals(target, assertInstanceOf(Outcome.Logged.class, outcomes.get(1)).event().replyTo());
  }

  private Outcome.Logged logged(long now) {
    return assertInstanceOf(
        Outcome.Logged.class, log.apply(List.of(send(UUID.randomUUID())), now).getFirst());
  }

  private void assertRefused(ErrorCode code, Command command) {
    Outcome outcome = log.apply(List.of(command), LAST_AT).getFirst();
    assertEquals(code, assertInstanceOf(Outcome.Refused.class, outcome).code());
  }

  private Command.Send send(UUID message) {
    return Sends.by(user, conversation, message);
  }
}
