package dev.parley.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// One PostgreSQL on a loopback port, with its data in a directory. The process is the postmaster
/// itself.
public final class Postgres implements Server {
  /// The superuser that [#prepare()] makes.
  public static final String SUPERUSER = "postgres";

  private static final int STATE_LINE = 8;

  private final Repository repository;
  private final Path data;
  private final int port;
  private final String password;
  private final Map<String, String> settings;

  /// @param password the superuser's
  /// @param settings server settings that replace or add to the defaults
  public Postgres(
      Repository repository, Path data, int port, String password, Map<String, String> settings) {
    this.repository = repository;
    this.data = data;
    this.port = port;
    this.password = password;
    this.settings = Map.copyOf(settings);
  }

  /// A commit is on the disk before it is answered.
  public static Map<String, String> durable() {
    return Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");
  }

  /// Fast, and lost with the machine: for tests.
  public static Map<String, String> forgetful() {
    return Map.of("fsync", "off", "synchronous_commit", "off", "full_page_writes", "off");
  }

  @Override
  public String name() {
    return "postgres";
  }

  /// Makes the data directory with `initdb`, under another name first, so that an interrupted start
  /// leaves no half.
  @Override
  public void prepare() throws IOException {
    Path home = new Binaries(repository.binaries()).postgres();
    if (Files.exists(data.resolve("PG_VERSION"))) {
      return;
    }
    Path parent = data.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IOException("not a directory for data: " + data);
    }
    Files.createDirectories(parent);
    Path partial = Files.createTempDirectory(parent, "initdb");
    Path passwordFile = Files.createTempFile(parent, "initdb", "");
    try {
      Files.writeString(passwordFile, password);
      List<String> command = new ArrayList<>(Platform.withoutRoot());
      command.addAll(
          List.of(
              home.resolve("bin/initdb").toString(),
              "--pgdata=" + partial,
              "--username=" + SUPERUSER,
              "--pwfile=" + passwordFile,
              "--auth=scram-sha-256",
              "--encoding=UTF8",
              "--locale=C",
              "--locale-provider=builtin",
              "--builtin-locale=C.UTF-8"));
      Command.run("initdb", command);
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(partial, data);
  }

  @Override
  public List<String> command() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("listen_addresses", "127.0.0.1");
    all.put("port", Integer.toString(port));
    // Socket files have a length limit that a deep directory exceeds; TCP is all we use.
    all.put("unix_socket_directories", "");
    all.put("max_connections", "200");
    all.put("shared_buffers", "64MB");
    // Plans are short; compiling them costs more memory and time than it saves.
    all.put("jit", "off");
    all.putAll(settings);
    List<String> command = new ArrayList<>(Platform.withoutRoot());
    try {
      command.add(
          new Binaries(repository.binaries()).postgres().resolve("bin/postgres").toString());
    } catch (IOException e) {
      throw new IllegalStateException("PostgreSQL was not prepared", e);
    }
    command.add("-D");
    command.add(data.toString());
    all.forEach((key, value) -> {
      command.add("-c");
      command.add(key + "=" + value);
    });
    return command;
  }

  @Override
  public boolean ready() {
    try (Connection connection = connect(Duration.ofSeconds(10))) {
      return connection.isValid(1);
    } catch (SQLException notYet) {
      return false;
    }
  }

  /// As after SIGTERM, which PostgreSQL takes for "smart": our services never let go of their
  /// connections. The eighth line of `postmaster.pid` is the state of the postmaster.
  @Override
  public boolean lingers() {
    try {
      List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
      return lines.size() >= STATE_LINE && lines.get(STATE_LINE - 1).strip().equals("stopping");
    } catch (IOException starting) {
      return false;
    }
  }

  /// "Fast": open connections are ended, not waited for.
  @Override
  public String stopSignal() {
    return "INT";
  }

  /// The JDBC address of a database of this server.
  public String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  /// Makes a role of this name with this password, and a database of the same name that belongs to
  /// it, if they are not there; sets the password if they are.
  ///
  /// @throws SQLException if the server refuses
  public void createDatabase(String name, String password) throws SQLException {
    // Copies a template, file by file and forced to disk: long on a busy machine.
    try (Connection connection = connect(Duration.ofMinutes(2));
        var statement = connection.createStatement()) {
      String verb = exists(connection, "pg_roles", "rolname", name) ? "ALTER" : "CREATE";
      statement.execute(
          verb + " ROLE \"" + name + "\" LOGIN PASSWORD '" + password.replace("'", "''") + "'");
      if (!exists(connection, "pg_database", "datname", name)) {
        statement.execute("CREATE DATABASE \"" + name + "\" OWNER \"" + name + "\"");
      }
    }
  }

  private static boolean exists(Connection connection, String catalog, String column, String name)
      throws SQLException {
    try (var query =
        connection.prepareStatement("SELECT 1 FROM " + catalog + " WHERE " + column + " = ?")) {
      query.setString(1, name);
      return query.executeQuery().next();
    }
  }

  private Connection connect(Duration answer) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", SUPERUSER);
    properties.setProperty("password", password);
    properties.setProperty("connectTimeout", "1");
    properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
    return DriverManager.getConnection(url("postgres"), properties);
  }
}
