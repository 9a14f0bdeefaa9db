package dev.parley.chaos.check;

import dev.parley.chaos.check.Memberships.Span;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Wish;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/// Holds what somebody was denied to RIGHTLY_REFUSED and PROTOCOL.
///
/// Ids are fresh and contents valid, so a message can be refused for good for want of a right only;
/// so can the resumption of a conversation. It is wrong if its user had that right all the time
/// from the question to the answer: it was committed before the one, and ended, if ever, after the
/// other. Both moments are bounded by the histories alone ([ConversationLog.Bounds]), to the
/// benefit of the doubt.
final class Refusals {
  private static final List<String> INVALID = List.of("bad_request", "too_large", "conflict");
  private static final List<String> DENIED = List.of("forbidden", "not_found");

  private final LogBook book;
  private final Findings findings;
  private final List<Denial> denials = new ArrayList<>();

  /// @param spans times with the right
  private record Denial(
      Invariant invariant,
      ConversationLog log,
      List<Span> spans,
      Client client,
      long since,
      long at,
      String statement) {}

  Refusals(LogBook book, Findings findings) {
    this.book = book;
    this.findings = findings;
  }

  /// An attempt, made at `since`, to send a message that had not been acknowledged was refused.
  void send(Client client, Wish.Send send, Answer.Refused refused, long since, long at) {
    ConversationLog log = book.of(send.conversation());
    String statement = "sent %s and was refused: %s".formatted(send.id(), refused.code());
    if (INVALID.contains(refused.code())) {
      findings.add(Suspicion.seen(Invariant.RIGHTLY_REFUSED, client, log.id(), 0, at, statement));
    } else if (DENIED.contains(refused.code())) {
      List<Span> spans = log.posters().of(client.user());
      statement += ", though they might post all the time";
      denials.add(new Denial(Invariant.RIGHTLY_REFUSED, log, spans, client, since, at, statement));
    }
  }

  /// A session, begun at `since`, was told without a number that its user is no member.
  void left(Client client, ConversationLog log, long since, long at) {
    List<Span> spans = log.memberships().of(client.user());
    String statement = "was told to be no member, though they were one all the time";
    denials.add(new Denial(Invariant.PROTOCOL, log, spans, client, since, at, statement));
  }

  /// Decides what was left open.
  void check(Map<UUID, ConversationLog.Bounds> bounds) {
    for (Denial denial : denials) {
      // A conversation that is not in the log has no spans, and perhaps no bounds.
      for (Span span : denial.spans()) {
        if (certain(span, denial, Objects.requireNonNull(bounds.get(denial.log().id())))) {
          findings.add(
              Suspicion.seen(
                  denial.invariant(),
                  denial.client(),
                  denial.log().id(),
                  span.from(),
                  denial.at(),
                  denial.statement() + " (since " + span.from() + ")"));
        }
      }
    }
  }

  private static boolean certain(Span span, Denial denial, ConversationLog.Bounds bounds) {
    boolean begun = bounds.committedBefore(span.from()) <= denial.since();
    boolean notOver =
        span.to() == Memberships.OPEN || bounds.committedAfter(span.to()) > denial.at();
    return begun && notOver;
  }
}
