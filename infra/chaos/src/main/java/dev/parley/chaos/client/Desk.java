package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Entry;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the parts of a device work with. All on its event loop.
interface Desk {
  UUID user();

  RandomGenerator random();

  Positions positions();

  Ledger ledger();

  Api api();

  @Nullable String token();

  /// The token was refused.
  void renewToken();

  /// Does it later; what it throws is written down.
  void later(long millis, Runnable action);

  /// Takes what comes; what that throws is written down.
  <T> void when(CompletableFuture<T> comes, Consumer<T> taken);

  /// Whether `connected` was seen and no end since.
  boolean live();

  /// An id for a command that nobody had before.
  long nextId();

  /// Says it on the connection there is.
  void say(ObjectNode frame);

  /// Writes it down.
  void write(Entry entry);

  /// Microseconds since the run began.
  long now();
}
