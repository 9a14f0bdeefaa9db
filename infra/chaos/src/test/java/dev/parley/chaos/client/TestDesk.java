package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A desk whose clock and connection the test moves. What is written down and what is said stand in
/// one list, in order.
final class TestDesk implements Desk {
  final List<Object> happened = new ArrayList<>();
  final List<Runnable> later = new ArrayList<>();
  boolean live = true;
  long now;
  private final Positions positions = new Positions();
  private final Ledger ledger = new Ledger(() -> now);
  private final RandomGenerator random = new SplittableRandom(1);
  private long ids;

  /// The last thing of this type that happened.
  <T> T last(Class<T> type) {
    return happened.stream().filter(type::isInstance).map(type::cast).toList().getLast();
  }

  /// What was said last.
  ObjectNode said() {
    return last(ObjectNode.class);
  }

  @Override
  public UUID user() {
    return new UUID(1, 1);
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
    return ledger;
  }

  @Override
  public Api api() {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable String token() {
    return null;
  }

  @Override
  public void renewToken() {}

  @Override
  public void later(long millis, Runnable action) {
    later.add(action);
  }

  @Override
  public <T> void when(CompletableFuture<T> comes, Consumer<T> taken) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean live() {
    return live;
  }

  @Override
  public long nextId() {
    return ++ids;
  }

  @Override
  public void say(ObjectNode frame) {
    happened.add(frame);
  }

  @Override
  public void write(Entry entry) {
    happened.add(entry);
  }

  @Override
  public long now() {
    return now;
  }
}
