package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryWriter;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// One device of somebody's: connects, resumes after every loss, and does what its [Talk] wants.
///
/// Everything happens on its event loop; the public methods may be called from any thread.
public final class Device implements Desk, Wire.Ears {
  private static final long LOOK_MILLIS = 5_000;
  private static final long SILENCE_MICROS = TimeUnit.SECONDS.toMicros(10);
  private static final long LOST_MICROS = TimeUnit.SECONDS.toMicros(25);

  private final Scene scene;
  private final Account account;
  private final String label;
  private final Habit habit;
  private final EventLoop loop;
  private final RandomGenerator random;
  private final HistoryWriter history;
  private final Login login;
  private final Positions positions = new Positions();
  private final Talk talk;
  private final Outbox outbox;
  private final Requests requests;
  private final Paging paging;
  private final Retry retry;
  private final Set<Long> pings = new HashSet<>();
  private final Set<Long> refreshes = new HashSet<>();
  private final CompletableFuture<Void> signedIn = new CompletableFuture<>();
  private @Nullable Wire wire;
  private Map<UUID, Long> resume = Map.of();
  private long ids;
  private long connectId;
  private long heardAt;
  private boolean waitsForToken;
  private boolean finished;
  private volatile boolean live;

  /// Does nothing yet.
  ///
  /// @param seed of its decisions
  public Device(Scene scene, Account account, String label, Habit habit, long seed) {
    this.scene = scene;
    this.account = account;
    this.label = label;
    this.habit = habit;
    this.loop = scene.loops().next();
    this.random = new SplittableRandom(seed);
    this.history =
        new HistoryWriter(
            scene.histories().resolve(label + ".jsonl"),
            scene.clock(),
            new Entry.Device(account.user(), label));
    this.login = new Login(this, account, label, this::renewed);
    this.talk = new Talk(this, habit, scene.pace(), this);
    this.outbox = new Outbox(this, talk::acknowledged);
    this.requests = new Requests(this, talk::acknowledged);
    this.paging = new Paging(this);
    this.retry = new Retry(random);
  }

  /// Gets its first token.
  public CompletableFuture<Void> signIn() {
    loop.execute(login::renew);
    return signedIn;
  }

  /// Opens a conversation, after [#signIn]; it is tried until it is there.
  ///
  /// @param kind `group` or `direct`
  public CompletableFuture<UUID> open(String kind, List<UUID> members) {
    CompletableFuture<UUID> opened = new CompletableFuture<>();
    loop.execute(() -> new Founding(this, kind, members, opened).ask());
    return opened;
  }

  /// Begins in a conversation, before [#start].
  public void begin(UUID conversation) {
    positions.begin(conversation);
  }

  /// Connects, and begins to talk once it is connected.
  public void start() {
    loop.execute(() -> {
      lookAgain();
      connect();
      talk.start();
    });
  }

  /// Wants nothing new from now on, and reads and stays connected like everybody else.
  public void calmDown() {
    loop.execute(talk::stop);
  }

  /// Asks for a change of membership.
  void change(Command command) {
    loop.execute(() -> requests.add(command));
  }

  /// What its user has to say at the end, while the connection is still open; then it is closed,
  /// and nothing more is written down.
  public CompletableFuture<Void> finish() {
    return CompletableFuture.runAsync(
        () -> {
          write(new Entry.Finished(Map.copyOf(positions.last())));
          finished = true;
          live = false;
          if (wire != null) {
            wire.leave();
          }
          try {
            history.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        loop);
  }

  /// Its user's device, for people.
  public String label() {
    return label;
  }

  /// How it is used.
  public Habit habit() {
    return habit;
  }

  /// Its user.
  public Account account() {
    return account;
  }

  /// The token it was given last.
  public @Nullable String lastToken() {
    return login.access();
  }

  /// Where it stands in each conversation that it is in.
  public Map<UUID, Long> lastSeen() {
    return Map.copyOf(positions.last());
  }

  /// Whether it has an open session.
  @Override
  public boolean live() {
    return live;
  }

  /// When the oldest of its unanswered commands was first asked for; far away if there is none.
  public long oldestUnanswered() {
    return outbox.oldest();
  }

  /// Whether nothing is unanswered and nothing is still to be fetched.
  public boolean isIdle() {
    return outbox.size() == 0 && requests.size() == 0 && !positions.owes();
  }

  int unanswered() {
    return outbox.size() + requests.size();
  }

  void say(Command command) {
    outbox.add(command);
  }

  void request(Command command) {
    requests.add(command);
  }

  Paging paging() {
    return paging;
  }

  /// Reads, or does not.
  void reading(boolean reads) {
    if (wire != null && live) {
      wire.reading(reads);
      heardAt = now();
    }
  }

  /// Loses its connection, and comes back after a while.
  void lose(long backMillis) {
    if (wire != null && live) {
      write(new Link.Cut());
      if (random.nextBoolean()) {
        wire.tear();
      } else {
        wire.leave();
      }
      disconnected();
      later(backMillis, this::connect);
    }
  }

  private void connect() {
    if (finished || wire != null) {
      return;
    }
    if (login.access() == null) {
      waitsForToken = true;
      login.renew();
      return;
    }
    resume = positions.resume();
    write(new Link.Connect(true, resume));
    wire = Wire.open(scene.socket(), loop, this);
  }

  private void renewed(String token) {
    signedIn.complete(null);
    if (waitsForToken) {
      waitsForToken = false;
      connect();
    } else if (live) {
      long id = nextId();
      refreshes.add(id);
      say(Json.object().put("id", id).put("type", "refresh").put("token", token));
    }
  }

  @Override
  public void opened() {
    connectId = nextId();
    heardAt = now();
    ObjectNode connect =
        Json.object()
            .put("id", connectId)
            .put("type", "connect")
            .put("token", login.access())
            .put("device", label)
            .put("subscribe", "all");
    ObjectNode seen = connect.putObject("resume");
    resume.forEach((conversation, seq) -> seen.put(conversation.toString(), seq));
    say(connect);
  }

  @Override
  public void heard(String text) {
    heardAt = now();
    for (String line : text.lines().toList()) {
      if (!line.isEmpty() && wire != null) {
        ObjectNode frame = Json.parse(line);
        try {
          if (frame == null) {
            odd("no object: " + line);
          } else {
            take(frame);
          }
        } catch (RuntimeException e) {
          odd(e + " in " + line);
        }
      }
    }
  }

  @Override
  public void odd(String what) {
    write(new Push.Odd(what.length() > 500 ? what.substring(0, 500) : what));
  }

  @Override
  public void ended(int code, @Nullable String reason) {
    write(new Link.Closed(code, reason));
    if (code == 4400 || code == 4403) {
      odd("closed with " + code + " " + reason);
    }
    disconnected();
    if (code == 4401) {
      login.expired();
    }
    later(retry.after(code, reason), this::connect);
  }

  private void disconnected() {
    wire = null;
    live = false;
    pings.clear();
    refreshes.clear();
    outbox.disconnected();
    paging.disconnected();
  }

  private void take(ObjectNode frame) {
    long id = frame.path("id").asLong(-1);
    switch (frame.path("type").asText()) {
      case "connected" -> connected(frame);
      case "sent" -> reply(id, frame, () -> outbox.sent(id, frame));
      case "done" -> reply(id, frame, () -> outbox.done(id, frame));
      case "history" -> {
        if (paging.answers(id)) {
          paging.history(id, frame);
        } else {
          odd("a reply to nothing: " + frame);
        }
      }
      case "error" -> refused(id, frame);
      case "event" -> {
        Push.Event event = Json.event(frame);
        write(event);
        positions.event(event.conversation(), event.seq());
        ledger().seen(event.conversation(), event.seq());
        talk.saw(event);
      }
      case "behind" -> {
        UUID conversation = Json.id(frame, "conversation");
        long from = Json.number(frame, "from");
        long to = Json.number(frame, "to");
        boolean reset = frame.path("reset").asBoolean();
        write(new Push.Behind(conversation, from, to, reset));
        positions.behind(conversation, from, to, reset);
        paging.fetchOwed();
      }
      case "joined" -> {
        UUID conversation = Json.id(frame, "conversation");
        long seq = Json.number(frame, "seq");
        write(new Push.Joined(conversation, seq));
        positions.joined(conversation, seq);
      }
      case "left" -> {
        UUID conversation = Json.id(frame, "conversation");
        Long seq = Json.optionalNumber(frame, "seq");
        write(new Push.Left(conversation, seq));
        positions.left(conversation, seq);
      }
      case "pong" -> {
        if (!pings.remove(id)) {
          odd("a pong to nothing");
        }
      }
      case "expiring" -> login.renew();
      default -> {
        // Known and of no concern here (refreshed, receipts, typing, presence), or unknown.
      }
    }
  }

  private void connected(ObjectNode frame) {
    List<Link.Head> heads = new ArrayList<>();
    for (var each : frame.path("conversations")) {
      heads.add(new Link.Head(Json.id(each, "conversation"), Json.number(each, "seq")));
    }
    write(new Link.Connected(Json.id(frame, "session"), heads));
    live = true;
    retry.succeeded();
    heads.forEach(head -> positions.subscribed(head.conversation(), head.seq()));
    outbox.connected();
    paging.fetchOwed();
    talk.connected();
  }

  private void reply(long id, ObjectNode frame, Runnable taken) {
    if (outbox.answers(id)) {
      taken.run();
    } else {
      odd("a reply to nothing: " + frame);
    }
  }

  private void refused(long id, ObjectNode error) {
    if (outbox.answers(id)) {
      outbox.refused(id, error);
    } else if (paging.answers(id)) {
      paging.refused(id, error);
    } else if (id == connectId && !live) {
      if (error.path("code").asText().equals("unauthenticated")) {
        login.expired();
      }
      retry.asked(Json.optionalNumber(error, "retryAfter"));
    } else if (refreshes.remove(id)) {
      login.expired();
    } else if (!pings.remove(id)) {
      odd("an error to nothing: " + error);
    }
  }

  /// A connection on which nothing has come for long is asked for a sign of life, and then given
  /// up.
  private void lookAgain() {
    later(
        LOOK_MILLIS,
        () -> {
          look();
          lookAgain();
        });
  }

  private void look() {
    if (finished || wire == null) {
      return;
    }
    outbox.look();
    long silence = now() - heardAt;
    if (live && !talk.reads()) {
      return;
    }
    if (live && silence > LOST_MICROS) {
      lose(retry.after(1006, null));
    } else if (live && silence > SILENCE_MICROS) {
      long id = nextId();
      pings.add(id);
      say(Json.object().put("id", id).put("type", "ping"));
    }
  }

  @Override
  public UUID user() {
    return account.user();
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // Guarded: what it throws is written down.
  public void later(long millis, Runnable action) {
    loop.schedule(() -> guarded(action), millis, TimeUnit.MILLISECONDS);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // The same.
  public <T> void when(CompletableFuture<T> comes, Consumer<T> taken) {
    comes.whenCompleteAsync(
        (value, failure) ->
            guarded(() -> {
              if (failure != null) {
                throw new IllegalStateException(failure);
              }
              taken.accept(value);
            }),
        loop);
  }

  private void guarded(Runnable action) {
    try {
      action.run();
    } catch (RuntimeException e) {
      odd("the client itself failed: " + e);
    }
  }

  @Override
  public RandomGenerator random() {
    return random;
  }

  @Override
  public Positions positions() {
    return positions;
  }

  @Override
  public Ledger ledger() {
    return scene.ledger();
  }

  @Override
  public Api api() {
    return scene.api();
  }

  @Override
  public @Nullable String token() {
    return login.access();
  }

  @Override
  public void renewToken() {
    login.renew();
  }

  @Override
  public long nextId() {
    return ++ids;
  }

  @Override
  public void say(ObjectNode frame) {
    if (wire != null) {
      wire.say(frame.toString());
    }
  }

  @Override
  public void write(Entry entry) {
    if (!finished) {
      history.write(entry);
    }
  }

  @Override
  public long now() {
    return scene.clock().getAsLong();
  }
}
