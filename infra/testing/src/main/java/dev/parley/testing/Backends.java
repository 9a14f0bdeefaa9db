package dev.parley.testing;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import org.postgresql.ds.PGSimpleDataSource;

/// The real servers as one test process sees them, with names that are its own. Thread-safe;
/// nothing needs closing.
///
/// @param kafka bootstrap servers
/// @param redis a URL, such as `redis://127.0.0.1:20411`
/// @param user may do everything in PostgreSQL
/// @param topicPrefix stands before the names of this process's topics
/// @param keyPrefix stands before this process's keys in Redis
public record Backends(
    String kafka,
    String redis,
    String user,
    String password,
    String topicPrefix,
    String keyPrefix) {

  /// The servers, started if they are not there. The first call of a build takes up to half a
  /// minute.
  public static Backends ofThisProcess() {
    Addresses addresses = SharedServers.addresses();
    String name = name();
    return new Backends(
        addresses.kafka(),
        addresses.redis(),
        addresses.user(),
        addresses.password(),
        name + ".",
        name + ":");
  }

  /// The JDBC URL of a database of this process, which is made empty if it is not there.
  ///
  /// @param suffix tells several databases apart; lower-case letters, digits and `_`, may be empty
  public String database(String suffix) {
    Addresses addresses = SharedServers.addresses();
    registerDriver();
    String database = name().replace('-', '_') + suffix;
    PGSimpleDataSource server = new PGSimpleDataSource();
    server.setUrl(addresses.jdbcUrl("postgres"));
    // Not through DriverManager: it knows only the driver of the class loader that came first, and
    // each Quarkus test profile has a class loader of its own.
    try (var connection = server.getConnection(user, password);
        var find = connection.prepareStatement("SELECT 1 FROM pg_database WHERE datname = ?");
        var create = connection.createStatement()) {
      find.setString(1, database);
      if (!find.executeQuery().next()) {
        create.execute("CREATE DATABASE \"" + database + "\"");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no database " + database, e);
    }
    return addresses.jdbcUrl(database);
  }

  // DriverManager does not offer a driver that another class loader has registered, and Quarkus
  // makes a new class loader for every test profile.
  private static void registerDriver() {
    try {
      Class.forName("org.postgresql.Driver");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("PostgreSQL's driver is missing", e);
    }
  }

  /// Module and process, such as `auth-service-4711`.
  private static String name() {
    Path module = Path.of("").toAbsolutePath().getFileName();
    String base = module == null ? "tests" : module.toString();
    return base.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-")
        + "-"
        + ProcessHandle.current().pid();
  }
}
