package dev.parley.gateway.session;

import dev.parley.contracts.CloseCode;
import dev.parley.gateway.transport.Frame;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// A session as fan-out sees it. All methods but [#session()], [#user()], [#loop()] and [#close]
/// are called on the session's loop only.
public interface Recipient {
  UUID session();

  UUID user();

  /// The session's event loop; it must not block.
  Executor loop();

  /// Sends `frame` in order. A session that is too slow for it is closed and later ones are
  /// ignored.
  void send(Frame frame);

  /// Runs `action` on the loop when the session's queue has room for catch-up.
  void whenDrained(Runnable action);

  /// The trace that the reply owed for `ticket` is to name, null if it names none.
  default @Nullable String trace(long ticket) {
    return null;
  }

  /// Takes the reply owed for `ticket`: the client's command id, or empty if none is owed any more
  /// (its deadline has passed, or it was answered).
  OptionalLong settle(long ticket);

  /// Whether the session wants every conversation that its user joins (`subscribe: all`).
  boolean subscribesAll();

  /// The session watches `users`, and they may share no conversation with its user any more.
  void doubt(Set<UUID> users);

  /// Ends the session; any thread.
  void close(CloseCode code, String reason);
}
