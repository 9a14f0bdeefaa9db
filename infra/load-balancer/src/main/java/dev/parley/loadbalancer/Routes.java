package dev.parley.loadbalancer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// What the routes file says (its format is in this module's README).
///
/// @param listen where clients connect
/// @param management where health and metrics are; elsewhere, since clients must not reach them
/// @param addresses of each destination; an empty list where there are none
record Routes(Address listen, Address management, Map<Destination, List<Address>> addresses) {
  Routes {
    // Vert.x would let both servers listen, and share the connections out between them.
    if (listen.equals(management)) {
      throw new IllegalArgumentException(
          "'listen' and 'management' are both " + listen + "; they need two addresses");
    }
    addresses = Map.copyOf(addresses);
  }

  /// Reads `file`.
  ///
  /// @throws IOException if it cannot be read
  /// @throws IllegalArgumentException naming the key whose value is wrong
  static Routes read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    Map<Destination, List<Address>> addresses = new EnumMap<>(Destination.class);
    for (Destination destination : Destination.values()) {
      addresses.put(destination, addresses(properties, destination.key()));
    }
    return new Routes(address(properties, "listen"), address(properties, "management"), addresses);
  }

  List<Address> of(Destination destination) {
    return addresses.getOrDefault(destination, List.of());
  }

  private static Address address(Properties properties, String key) {
    List<Address> found = addresses(properties, key);
    if (found.size() != 1) {
      throw new IllegalArgumentException("'" + key + "' is not one host:port");
    }
    return found.getFirst();
  }

  private static List<Address> addresses(Properties properties, String key) {
    try {
      return Address.list(properties.getProperty(key, ""));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }
}
