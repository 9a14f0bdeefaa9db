package dev.parley.chaos.check;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// What one device asked for, and what came of it: which answer belongs to which attempt, that each
/// attempt has one at most, and that a living session gives it.
final class Wishes {
  /// Longer than a reply's deadline and the longest pause of a process together.
  static final long PATIENCE_MICROS = 90_000_000;

  // After it was acknowledged, these say nothing of the change itself.
  private static final List<String> PASSING =
      List.of("unavailable", "rate_limited", "timeout", "internal", "unauthenticated");

  private final Client client;
  private final Acknowledgements acknowledgements;
  private final Refusals refusals;
  private final Findings findings;
  private final Map<UUID, Asked> asked = new LinkedHashMap<>();
  private final Map<Attempt, Open> open = new HashMap<>();

  private record Attempt(UUID id, int attempt) {}

  /// @param known whether the first answer had been seen when it was made
  private record Open(Asked asked, Via via, long at, boolean known) {}

  Wishes(Client client, Rules rules) {
    this.client = client;
    this.acknowledgements = rules.acknowledgements();
    this.refusals = rules.refusals();
    this.findings = rules.findings();
  }

  void wish(Wish wish, long at, int connection) {
    Asked one = asked.computeIfAbsent(wish.id(), id -> new Asked(wish, at, connection));
    one.attempt();
    Open attempt = new Open(one, via(wish), at, one.acknowledged() != null);
    open.put(new Attempt(wish.id(), wish.attempt()), attempt);
    acknowledgements.meant(client, wish, at);
  }

  void answer(Answer answer, long at) {
    Attempt attempt = new Attempt(answer.id(), answer.attempt());
    Open answered = open.get(attempt);
    if (answered == null) {
      odd(at, "got an answer to " + answer.id() + " that was not owed: " + answer);
      return;
    }
    if (!(answer instanceof Answer.Unknown)) {
      open.remove(attempt);
    }
    Asked one = answered.asked();
    switch (answer) {
      case Answer.Sent sent -> {
        one.decided();
        acknowledgements.sent(client, one, sent, answered.known(), at);
      }
      case Answer.Done done -> {
        one.decided();
        acknowledgements.done(client, one, done, answered.known(), at);
      }
      case Answer.Created created -> {
        one.decided();
        acknowledgements.created(client, one, created, answered.known(), at);
      }
      case Answer.Refused refused -> refused(answered, refused, at);
      case Answer.Unknown unknown -> {}
    }
  }

  private void refused(Open answered, Answer.Refused refused, long at) {
    if (refused.ambiguous()) {
      return;
    }
    answered.asked().decided();
    if (!answered.known() && answered.asked().wish() instanceof Wish.Send send) {
      refusals.send(client, send, refused, answered.at(), at);
    }
    if (answered.known() && answered.asked().keyed() && !PASSING.contains(refused.code())) {
      UUID conversation = answered.asked().conversation();
      if (conversation != null) {
        String statement =
            "repeated %s, which had been acknowledged, and got %s"
                .formatted(refused.id(), refused.code());
        findings.add(Suspicion.seen(Invariant.SAME_ANSWER, client, conversation, 0, at, statement));
      }
    }
  }

  /// The connection has ended: what is owed on it will not come.
  ///
  /// @param lastSeen when the session last gave a sign of life
  void connectionEnded(long lastSeen) {
    for (Iterator<Map.Entry<Attempt, Open>> all = open.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<Attempt, Open> each = all.next();
      if (each.getValue().via() == Via.SOCKET) {
        all.remove();
        long at = each.getValue().at();
        if (lastSeen - at > PATIENCE_MICROS) {
          String statement =
              "asked for %s and got no answer, though the session lived for %.1f s more"
                  .formatted(each.getKey().id(), (lastSeen - at) / 1e6);
          findings.add(Suspicion.of(Invariant.ANSWERED, client, at, statement));
        }
      }
    }
  }

  /// Everything asked for, in the order in which it was asked for first.
  Collection<Asked> all() {
    return asked.values();
  }

  private void odd(long at, String statement) {
    findings.add(Suspicion.of(Invariant.PROTOCOL, client, at, statement));
  }

  private static Via via(Wish wish) {
    return switch (wish) {
      case Wish.Send send -> send.via();
      case Wish.Change change -> change.via();
      case Wish.Create create -> Via.REST;
    };
  }
}
