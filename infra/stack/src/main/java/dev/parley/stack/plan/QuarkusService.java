package dev.parley.stack.plan;

import dev.parley.servers.KafkaBroker;
import dev.parley.servers.Repository;
import dev.parley.servers.Server;
import dev.parley.stack.data.PrivateFiles;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/// One of the four services, as Quarkus builds it.
///
/// Its configuration lies in a file that only the owner may read (secrets are in it, and a command
/// line is public). What `--set` gives goes on the command line as system properties, which are
/// stronger.
final class QuarkusService implements Server {
  private final String name;
  private final Path jar;
  private final List<String> flags;
  private final int managementPort;
  private final Path file;
  private final Map<String, String> configuration;
  private final Map<String, String> settings;

  /// Chooses its management port, unless a setting does.
  ///
  /// @param module its directory in the repository
  /// @param flags of its JVM
  /// @param run where the file is made
  /// @param settings from `--set`
  QuarkusService(
      String name,
      Path module,
      List<String> flags,
      int port,
      Path run,
      Map<String, String> configuration,
      Map<String, String> settings) {
    this.name = name;
    this.jar = module.resolve("target/quarkus-app/quarkus-run.jar");
    this.flags = List.copyOf(flags);
    this.settings = new TreeMap<>(settings);
    this.managementPort = Settings.port(this.settings, "quarkus.management.port");
    this.settings.put("quarkus.management.port", Integer.toString(managementPort));
    this.file = run.resolve(name + ".properties");
    this.configuration = new TreeMap<>(configuration);
    this.configuration.put("quarkus.http.host", "127.0.0.1");
    this.configuration.put("quarkus.http.port", Integer.toString(port));
    this.configuration.put("quarkus.management.host", "127.0.0.1");
    // Above the environment (300), where a variable of somebody's shell must not matter.
    this.configuration.put("config_ordinal", "350");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void prepare() throws IOException {
    if (!Files.exists(jar)) {
      throw new IOException(name + " is not built: " + jar + " is missing");
    }
    Properties properties = new Properties();
    properties.putAll(configuration);
    StringWriter text = new StringWriter();
    properties.store(text, "Made at every start of the stack.");
    PrivateFiles.write(file, text.toString());
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Repository.java());
    command.addAll(flags);
    settings.forEach((key, value) -> {
      if (key.equals(KafkaBroker.JAVA_OPTIONS)) {
        command.addAll(List.of(value.trim().split(" +")));
      } else {
        command.add("-D" + key + "=" + value);
      }
    });
    command.add("-Dsmallrye.config.locations=" + file.toUri());
    command.add("-jar");
    command.add(jar.toString());
    return command;
  }

  @Override
  public boolean ready() {
    return Health.ready(managementPort);
  }

  @Override
  public Optional<String> waitsFor() {
    return Health.down(managementPort);
  }
}
