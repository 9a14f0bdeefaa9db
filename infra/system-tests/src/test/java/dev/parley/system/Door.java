package dev.parley.system;

import java.net.URI;

/// Where sessions are opened. Any thread.
@FunctionalInterface
interface Door {
  /// A connection on which nothing has been said.
  Live open() throws Exception;

  /// Leads straight to an address.
  static Door at(URI address) {
    return () -> Live.open(address);
  }
}
