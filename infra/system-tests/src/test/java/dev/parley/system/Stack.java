package dev.parley.system;

import java.io.IOException;
import java.net.URI;

/// The whole product, as it runs: in processes of its own, or in containers that somebody else has
/// started. Processes have the names that `./parley status` shows, such as `gateway-1`. Any thread.
sealed interface Stack extends AutoCloseable permits ProcessStack, ComposeStack {
  /// The one address that people know.
  URI entry();

  /// The WebSocket's address behind the entry.
  default URI webSocket() {
    return URI.create("ws://" + entry().getAuthority() + "/ws");
  }

  /// Leads to whichever gateway the entry chooses.
  default Door socket() {
    return Door.at(webSocket());
  }

  /// Leads to one gateway.
  ///
  /// @param number from 1
  Door gateway(int number);

  /// Starts it again on the data it has; every process serves on return.
  void up() throws IOException;

  /// Stops every process; data stay.
  void down() throws IOException;

  /// SIGKILL. What watches over the process starts it again; on return the old one is gone.
  void kill(String process) throws IOException;

  /// Whether every process serves.
  boolean ready() throws IOException;

  /// Makes somebody an administrator; their next token says so.
  void makeAdmin(Person person) throws IOException, InterruptedException;

  /// Says one command to Redis, and returns its answer: a number or a word.
  String redis(String... command) throws IOException;

  @Override
  void close() throws IOException;
}
