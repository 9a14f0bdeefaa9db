package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Entry;
import io.netty.channel.EventLoop;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// What the parts of a device work with. All on its event loop.
interface Desk {
  UUID user();

  EventLoop loop();

  RandomGenerator random();

  Positions positions();

  Ledger ledger();

  Api api();

  @Nullable String token();

  /// The token was refused.
  void renewToken();

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
