package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Entry;
import dev.parley.chaos.history.HistoryWriter;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
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
public final class Device implements Desk {
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
  private final Connection connection;
  private final CompletableFuture<Void> signedIn = new CompletableFuture<>();
  private long ids;
  private boolean finished;

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
    this.connection =
        new Connection(
            this,
            login,
            label,
            scene.socket(),
            loop,
            new Frames(this, this, login, outbox, paging, talk));
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
      connection.watch(talk::reads, outbox::look);
      connection.connect();
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
          connection.finish();
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
    return connection.live();
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
    connection.reading(reads);
  }

  /// Loses its connection, and comes back after a while.
  void lose(long backMillis) {
    connection.lose(backMillis);
  }

  Connection connection() {
    return connection;
  }

  private void renewed(String token) {
    signedIn.complete(null);
    connection.renewed(token);
  }

  /// Writes down something that a gateway does not say.
  void odd(String what) {
    connection.odd(what);
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
    connection.say(frame);
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
