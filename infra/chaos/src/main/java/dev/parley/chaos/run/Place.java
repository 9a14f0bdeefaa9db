package dev.parley.chaos.run;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Where a run takes place.
public sealed interface Place {
  /// How a command names it.
  String options();

  /// Processes that the run starts and stops itself.
  ///
  /// @param brokers 1 or 3
  /// @param settings for the stack, as `--set` takes them
  record Own(int brokers, int gateways, List<String> settings) implements Place {
    public Own {
      Options.require(brokers == 1 || brokers == 3, "--brokers " + brokers + ": expected 1 or 3");
      Options.require(
          gateways >= 2 && gateways <= 8, "--gateways " + gateways + ": expected 2 to 8");
    }

    @Override
    public String options() {
      StringBuilder options =
          new StringBuilder("--brokers %d --gateways %d".formatted(brokers, gateways));
      settings.forEach(setting -> options.append(" --set '").append(setting).append('\''));
      return options.toString();
    }
  }

  /// Containers that run already and go on running.
  ///
  /// @param project of compose
  /// @param entry for example `http://127.0.0.1:8080`
  /// @param database the JDBC address of the messages, with a user and without a password
  /// @param password for it; nothing if the database wants none
  record Compose(String project, URI entry, String database, String password) implements Place {
    public Compose {
      Options.require(
          "http".equals(entry.getScheme())
              && entry.getHost() != null
              && entry.toString().equals("http://" + entry.getAuthority()),
          "--entry " + entry + ": expected http://HOST:PORT");
      Options.require(
          database.startsWith("jdbc:postgresql:"),
          "--database " + database + ": expected jdbc:postgresql://HOST:PORT/NAME?user=NAME");
    }

    @Override
    public String options() {
      return "--compose %s --entry %s --database '%s'".formatted(project, entry, database);
    }

    /// The address with the password.
    String credentials() {
      return password.isEmpty()
          ? database
          : database
              + (database.contains("?") ? "&" : "?")
              + "password="
              + URLEncoder.encode(password, StandardCharsets.UTF_8);
    }
  }
}
