package dev.parley.loadbalancer;

import java.util.Arrays;
import java.util.List;

/// Where a server listens.
record Address(String host, int port) {
  private static final int MAX_PORT = 65_535;

  /// The address that `text` (`host:port`) spells.
  ///
  /// @throws IllegalArgumentException if it spells none
  static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (colon > 0 && port >= 0 && port <= MAX_PORT) {
        return new Address(text.substring(0, colon), port);
      }
    } catch (NumberFormatException e) {
      // answered below
    }
    throw new IllegalArgumentException("'" + text + "' is not host:port");
  }

  /// The addresses in `text`, separated by commas; none if it is blank.
  static List<Address> list(String text) {
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Address::parse)
        .distinct()
        .toList();
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
