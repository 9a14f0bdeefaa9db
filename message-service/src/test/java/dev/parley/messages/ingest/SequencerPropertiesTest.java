package dev.parley.messages.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.parley.contracts.ConversationKind;
import dev.parley.contracts.Role;
import dev.parley.contracts.command.Command;
import dev.parley.contracts.event.LoggedEvent;
import dev.parley.contracts.json.JsonText;
import dev.parley.messages.probe.Sends;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Few conversations, users and message ids, so that duplicates, conflicts, refusals and replies
/// meet in every run.
class SequencerPropertiesTest {
  private static final long NOW = 1_000;
  private static final List<Role> ROLES = List.of(Role.values());
  private static final List<ConversationKind> KINDS = List.of(ConversationKind.values());

  @Property(tries = 500)
  void batchEqualsItsCommandsOneByOne(
      @ForAll("commands") List<Command> commands, @ForAll("cuts") List<Integer> cuts) {
    LogModel whole = model();
    LogModel single = model();
    List<Outcome> inBatches = new ArrayList<>();
    int from = 0;
    for (int i = 0; from < commands.size(); i++) {
      int to = Math.min(commands.size(), from + cuts.get(i % cuts.size()));
      inBatches.addAll(whole.apply(commands.subList(from, to), NOW));
      from = to;
    }
    List<Outcome> oneByOne = new ArrayList<>();
    commands.forEach(command -> oneByOne.addAll(single.apply(List.of(command), NOW)));
    assertEquals(oneByOne, inBatches);
    assertEquals(single.logs, whole.logs);
  }

  @Property(tries = 500)
  void logsHaveNoHolesAndNoIdTwice(@ForAll("commands") List<Command> commands) {
    LogModel model = model();
    model.apply(commands, NOW);
    for (List<LoggedEvent> log : model.logs.values()) {
      for (int i = 0; i < log.size(); i++) {
        assertEquals(i + 1, log.get(i).seq());
      }
      assertEquals(log.size(), log.stream().map(LoggedEvent::request).distinct().count());
    }
  }

  @Property(tries = 500)
  void acceptedAgainAddsNothingAndGetsTheFirstAnswer(@ForAll("commands") List<Command> commands) {
    LogModel model = model();
    List<Outcome> first = model.apply(commands, NOW);
    List<Command> accepted = new ArrayList<>();
    List<Outcome> expected = new ArrayList<>();
    for (int i = 0; i < commands.size(); i++) {
      switch (first.get(i)) {
        case Outcome.Logged logged -> {
          accepted.add(commands.get(i));
          expected.add(new Outcome.Repeated(known(logged.event())));
        }
        case Outcome.Repeated repeated -> {
          accepted.add(commands.get(i));
          expected.add(repeated);
        }
        case Outcome.Refused refused -> {}
      }
    }
    List<List<LoggedEvent>> logs = model.logs.values().stream().map(List::copyOf).toList();
    assertEquals(expected, model.apply(accepted, NOW + 1));
    assertEquals(logs, List.copyOf(model.logs.values()));
  }

  private static LogState.Known known(LoggedEvent event) {
    return new LogState.Known(event.seq(), event.at(), event.kind(), event.user());
  }

  private static LogModel model() {
    LogModel model = new LogModel();
    for (int conversation = 0; conversation < 3; conversation++) {
      model.conversation(id('c', conversation), kind(conversation), 0);
      for (int user = 0; user < 4; user++) {
        Role role = ROLES.get((conversation + user) % ROLES.size());
        model.member(id('c', conversation), id('a', user), role);
      }
    }
    return model;
  }

  private static ConversationKind kind(int n) {
    return KINDS.get(n % KINDS.size());
  }

  /// Conversation 3 does not exist, user 4 is a member of none.
  @Provide
  Arbitrary<List<Command>> commands() {
    Arbitrary<Integer> replyTo = Arbitraries.integers().between(0, 7).injectNull(0.7);
    Arbitrary<Command> one =
        Combinators.combine(
                Arbitraries.integers().between(0, 3),
                Arbitraries.integers().between(0, 4),
                Arbitraries.integers().between(0, 7),
                replyTo)
            .as((conversation, user, message, target) ->
                new Command.Send(
                    id('c', conversation),
                    id('a', user),
                    id('e', message),
                    Sends.address(),
                    target == null ? null : id('e', target),
                    JsonText.of("{}")));
    return one.list().ofMinSize(1).ofMaxSize(40);
  }

  @Provide
  Arbitrary<List<Integer>> cuts() {
    return Arbitraries.integers().between(1, 9).list().ofMinSize(1).ofMaxSize(5);
  }

  private static UUID id(char kind, int n) {
    return UUID.fromString("01890a5d-ac96-774b-bcce-b302099" + kind + "000" + n);
  }
}
