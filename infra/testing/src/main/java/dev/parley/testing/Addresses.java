package dev.parley.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;

/// Where the shared servers are, and PostgreSQL's superuser. `postgres` is `host:port`.
record Addresses(String kafka, String postgres, String user, String password, String redis) {
  static Addresses read(Path file) throws IOException {
    Properties properties = new Properties();
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    return new Addresses(
        properties.getProperty("kafka"),
        properties.getProperty("postgres"),
        properties.getProperty("user"),
        properties.getProperty("password"),
        properties.getProperty("redis"));
  }

  /// Appears at once, so that a reader never sees half of it.
  void write(Path file) throws IOException {
    Properties properties = new Properties();
    properties.setProperty("kafka", kafka);
    properties.setProperty("postgres", postgres);
    properties.setProperty("user", user);
    properties.setProperty("password", password);
    properties.setProperty("redis", redis);
    Path partial = file.resolveSibling("partial");
    try (var out = Files.newBufferedWriter(partial)) {
      properties.store(out, null);
    }
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
  }

  String jdbcUrl(String database) {
    return "jdbc:postgresql://" + postgres + "/" + database;
  }
}
