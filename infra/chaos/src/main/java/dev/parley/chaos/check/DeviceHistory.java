package dev.parley.chaos.check;

import dev.parley.chaos.history.Answer;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryReader;
import dev.parley.chaos.history.Line;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Purpose;
import dev.parley.chaos.history.Push;
import dev.parley.chaos.history.Reading;
import dev.parley.chaos.history.Via;
import dev.parley.chaos.history.Wish;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/// Reads one device's file and shows each line to the rules that it concerns.
final class DeviceHistory {
  private final Client client;
  private final Rules rules;
  private final Wishes wishes;
  private final Sessions sessions;
  private final Map<UUID, Asking> reads = new HashMap<>();
  private long lastSeen;
  private boolean finished;

  private record Asking(Reading.Read read, long at) {}

  private DeviceHistory(Client client, Rules rules) {
    this.client = client;
    this.rules = rules;
    this.wishes = new Wishes(client, rules);
    this.sessions = new Sessions(client, rules);
  }

  /// Reads the rest of a file whose first line named `client`.
  static void check(Client client, HistoryReader file, Rules rules) throws IOException {
    DeviceHistory history = new DeviceHistory(client, rules);
    long at = 0;
    for (Line line = file.next(); line != null; line = file.next()) {
      at = line.at();
      history.see(line.what(), at);
    }
    history.end(at);
    rules.counts().devices++;
    rules.counts().torn += file.torn() ? 1 : 0;
  }

  private void see(Entry entry, long at) {
    switch (entry) {
      case Entry.Device device -> {}
      case Entry.Finished finish -> {
        finished = true;
        rules.delivery().check(client, sessions, at);
      }
      case Link link -> link(link, at);
      case Wish wish -> wishes.wish(wish, at, sessions.connection());
      case Answer answer -> answer(answer, at);
      case Push push -> push(push, at);
      case Reading.Read read -> reads.put(read.read(), new Asking(read, at));
      case Reading.Page page -> page(page, at);
      case Reading.Failed failed -> reads.remove(failed.read());
    }
  }

  private void link(Link link, long at) {
    switch (link) {
      case Link.Connect connect -> wishes.connectionEnded(lastSeen);
      case Link.Connected connected -> rules.counts().connections++;
      case Link.Closed closed -> wishes.connectionEnded(lastSeen);
      case Link.Cut cut -> wishes.connectionEnded(lastSeen);
      case Link.Subscribe s -> {}
      case Link.Subscribed s -> {}
      case Link.Unsubscribe s -> {}
      case Link.Unsubscribed s -> {}
    }
    sessions.link(link, at);
  }

  private void answer(Answer answer, long at) {
    wishes.answer(answer, at);
    Acknowledgements acknowledgements = rules.acknowledgements();
    if (answer instanceof Answer.Sent sent && sent.via() == Via.SOCKET) {
      lastSeen = at;
      long seq = acknowledgements.place(sent, sent.conversation(), sent.seq());
      sessions.answered(sent.conversation(), seq, sent.repeated(), at);
    } else if (answer instanceof Answer.Done done
        && done.via() == Via.SOCKET
        && done.seq() != null) {
      lastSeen = at;
      long seq = acknowledgements.place(done, done.conversation(), done.seq());
      sessions.answered(done.conversation(), seq, done.repeated(), at);
    }
  }

  private void push(Push push, long at) {
    lastSeen = at;
    switch (push) {
      case Push.Event event -> rules.counts().events++;
      case Push.Behind behind -> rules.counts().behind++;
      case Push.Joined joined -> {}
      case Push.Left left -> {}
      case Push.Odd odd -> {}
    }
    sessions.push(push, at);
  }

  private void page(Reading.Page page, long at) {
    Asking asking = reads.remove(page.read());
    if (asking == null) {
      rules
          .findings()
          .add(Suspicion.of(Invariant.PROTOCOL, client, at, "got a page that nobody asked for"));
      return;
    }
    Reading.Read read = asking.read();
    ConversationLog log = rules.book().of(read.conversation());
    rules.sightings().read(log, client, page.events(), asking.at(), at);
    rules.pages().page(log, client, read, asking.at(), page, at);
    sessions.read(read.conversation(), page);
    rules.counts().pages++;
    rules.counts().readsAfterAcknowledge += read.purpose() == Purpose.AFTER_ACKNOWLEDGE ? 1 : 0;
  }

  private void end(long at) {
    sessions.end(at);
    wishes.connectionEnded(lastSeen);
    rules.senderOrder().check(client, wishes);
    for (Asked asked : wishes.all()) {
      rules.acknowledgements().finished(asked);
      rules.origins().add(client, asked);
    }
    for (Track track : sessions.tracks()) {
      rules.counts().excused += track.notOwed();
    }
    if (!finished) {
      String statement = "has a history without an end: the client did not come to rest";
      rules.findings().add(Suspicion.of(Invariant.AT_REST, client, at, statement));
    }
  }
}
