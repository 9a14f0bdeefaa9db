package dev.parley.gateway.transport;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The reading side: what a connection tells its session, always on the connection's event loop.
public interface Inlet {
  /// The most that a session takes to run what [#restarting] gives it.
  Duration OWED = Duration.ofSeconds(5);

  /// One message came: UTF-8 checked, no larger than the limit, one or more JSON objects.
  void received(byte[] utf8);

  /// Whether it takes binary messages, asked when one begins. No subprotocol has them yet.
  default boolean takesBinary() {
    return false;
  }

  /// One binary message came, no larger than the limit; never unless it takes them.
  default void receivedBinary(byte[] message) {}

  /// The gateway stops. `close` is to be run, on the loop, when the session has been sent what it
  /// is owed; within [#OWED], whatever is still missing then.
  default void restarting(Runnable close) {
    close.run();
  }

  /// The connection has ended, by whoever's doing; called once, last.
  void ended();

  /// Makes the session of a new connection.
  interface Acceptor {
    /// Takes over a connection whose handshake is done.
    ///
    /// @param bearerToken from the handshake's `Authorization` header, if there was one
    /// @param address of the client, for limits and logs
    Inlet accept(Outlet outlet, @Nullable String bearerToken, String address);
  }
}
