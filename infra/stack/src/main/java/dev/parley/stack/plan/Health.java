package dev.parley.stack.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Asks a process whether it is ready, on its management port.
final class Health {
  private static final int MILLIS = 1_000;
  private static final JsonMapper JSON = new JsonMapper();

  private Health() {}

  static boolean ready(int managementPort) {
    try {
      HttpURLConnection connection = ask(managementPort);
      boolean ready = connection.getResponseCode() == 200;
      readAll(connection);
      return ready;
    } catch (IOException notYet) {
      return false;
    }
  }

  /// The names of the checks that are down.
  static Optional<String> down(int managementPort) {
    try {
      List<String> names = new ArrayList<>();
      for (JsonNode check : JSON.readTree(readAll(ask(managementPort))).path("checks")) {
        if (check.path("status").asText().equals("DOWN")) {
          names.add(check.path("name").asText());
        }
      }
      return names.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", names));
    } catch (IOException silent) {
      return Optional.empty();
    }
  }

  private static HttpURLConnection ask(int managementPort) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setConnectTimeout(MILLIS);
    connection.setReadTimeout(MILLIS);
    connection.setRequestProperty("Connection", "close");
    return connection;
  }

  private static byte[] readAll(HttpURLConnection connection) throws IOException {
    boolean ready = connection.getResponseCode() == 200;
    try (InputStream body = ready ? connection.getInputStream() : connection.getErrorStream()) {
      return body == null ? new byte[0] : body.readAllBytes();
    }
  }
}
