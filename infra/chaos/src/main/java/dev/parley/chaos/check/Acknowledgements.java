package dev.parley.chaos.check;

import dev.parley.chaos.check.ConversationLog.Mark;
import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Wish;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Holds what devices were answered to NO_LOSS, HONEST_ACKNOWLEDGEMENT and SAME_ANSWER, and notes
/// at the log's rows what was asked for.
final class Acknowledgements {
  private final LogBook book;
  private final Findings findings;
  private final Counts counts;

  Acknowledgements(LogBook book, Findings findings, Counts counts) {
    this.book = book;
    this.findings = findings;
    this.counts = counts;
  }

  /// A client is about to ask for `wish`.
  void meant(Client client, Wish wish, long at) {
    switch (wish) {
      case Wish.Send send -> meant(client, send.conversation(), send.id(), send.hash(), at);
      case Wish.Change change -> {
        if (Asked.named(change.kind())) {
          meant(client, change.conversation(), change.id(), change.hash(), at);
        }
      }
      case Wish.Create create -> {}
    }
  }

  private void meant(Client client, UUID conversation, UUID id, long hash, long at) {
    ConversationLog log = book.of(conversation);
    Logged row = log.byId(id);
    if (row != null && row.user().equals(client.user())) {
      log.asked(row, at);
      if (row.erased() || row.hash() == hash) {
        log.mark(row, Mark.MEANT);
      }
    }
  }

  /// @param known whether the first answer had been seen when the attempt was made; so below
  void sent(Client client, Asked asked, Answer.Sent sent, boolean known, long at) {
    named(client, asked, sent.conversation(), sent.seq(), sent.time(), at);
    same(
        client,
        asked,
        new Asked.Acknowledged(sent.conversation(), sent.seq(), sent.time()),
        sent.repeated(),
        known,
        at);
  }

  void done(Client client, Asked asked, Answer.Done done, boolean known, long at) {
    if (done.seq() != null) {
      if (asked.named()) {
        named(client, asked, done.conversation(), done.seq(), done.time(), at);
      } else {
        unnamed(client, asked, done.conversation(), done.seq(), done.time(), at);
      }
    }
    same(
        client,
        asked,
        new Asked.Acknowledged(done.conversation(), done.seq(), done.time()),
        done.repeated(),
        known,
        at);
  }

  void created(Client client, Asked asked, Answer.Created created, boolean known, long at) {
    ConversationLog log = book.of(created.conversation());
    if (log.row(created.seq()) == null) {
      lost(client, log, created.seq(), at, "the conversation was opened");
    }
    same(
        client,
        asked,
        new Asked.Acknowledged(created.conversation(), created.seq(), null),
        created.repeated(),
        known,
        at);
  }

  /// Of a change whose id stands in the log.
  private void named(
      Client client, Asked asked, UUID conversation, long seq, @Nullable Long time, long at) {
    ConversationLog log = book.of(conversation);
    Logged row = log.byId(asked.wish().id());
    if (row == null) {
      lost(client, log, seq, at, "id " + asked.wish().id());
    } else if (row.seq() != seq || (time != null && row.time() != time)) {
      dishonest(client, log, seq, at, "for what the log has as " + row);
    } else {
      log.seen(row, at);
    }
  }

  /// Of a change that the log does not name by an id.
  private void unnamed(
      Client client, Asked asked, UUID conversation, long seq, @Nullable Long time, long at) {
    ConversationLog log = book.of(conversation);
    Logged row = log.row(seq);
    if (row == null) {
      lost(client, log, seq, at, asked.wish().toString());
    } else if (!(asked.wish() instanceof Wish.Change change)
        || !Origins.covers(client.user(), change, row)
        || (time != null && row.time() != time)) {
      dishonest(client, log, seq, at, "where the log has " + row);
    } else {
      log.seen(row, at);
    }
  }

  private void same(
      Client client,
      Asked asked,
      Asked.Acknowledged answer,
      boolean repeated,
      boolean known,
      long at) {
    Asked.Acknowledged first = asked.acknowledged();
    boolean second = asked.secondFirst(repeated, known);
    if (first == null) {
      asked.acknowledge(answer);
      counts.acknowledged++;
      return;
    }
    counts.repeated++;
    if (asked.keyed() && (second || !Objects.equals(first, answer))) {
      String statement =
          "repeated %s and got %s%s after %s"
              .formatted(
                  asked.wish().id(), answer, repeated ? " (repeated)" : " (not repeated)", first);
      long seq = answer.seq() == null ? 0 : answer.seq();
      findings.add(
          Suspicion.seen(Invariant.SAME_ANSWER, client, answer.conversation(), seq, at, statement));
    }
  }

  /// The number by which a session's position moves: the log's, so that a false number is told
  /// once.
  long place(Answer answer, UUID conversation, long seq) {
    Logged row = book.of(conversation).byId(answer.id());
    return row == null ? seq : row.seq();
  }

  private void lost(Client client, ConversationLog log, long seq, long at, String what) {
    String statement = "was acknowledged " + what + ", which is not in the log";
    findings.add(Suspicion.seen(Invariant.NO_LOSS, client, log.id(), seq, at, statement));
  }

  private void dishonest(Client client, ConversationLog log, long seq, long at, String what) {
    String statement = "was answered " + seq + " " + what;
    findings.add(
        Suspicion.seen(Invariant.HONEST_ACKNOWLEDGEMENT, client, log.id(), seq, at, statement));
  }

  /// Notes what came of everything that a device asked for.
  void finished(Asked asked) {
    UUID conversation = asked.conversation();
    Asked.Acknowledged acknowledged = asked.acknowledged();
    if (conversation == null || !asked.named()) {
      return;
    }
    ConversationLog log = book.of(conversation);
    Logged row = log.byId(asked.wish().id());
    if (acknowledged == null && asked.undecided() > 0) {
      counts.ambiguous++;
      counts.ambiguousApplied += row == null ? 0 : 1;
    }
    if (row != null && (acknowledged != null || asked.undecided() > 0)) {
      log.mark(row, Mark.POSSIBLE);
    }
  }
}
