package dev.parley.stack.plan;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/// Asks a process whether it is ready, on its management port.
final class Health {
  private static final int MILLIS = 1_000;

  private Health() {}

  static boolean ready(int managementPort) {
    try {
      URI uri = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setConnectTimeout(MILLIS);
      connection.setReadTimeout(MILLIS);
      connection.setRequestProperty("Connection", "close");
      boolean ready = connection.getResponseCode() == 200;
      try (InputStream body = ready ? connection.getInputStream() : connection.getErrorStream()) {
        if (body != null) {
          body.readAllBytes();
        }
      }
      return ready;
    } catch (IOException notYet) {
      return false;
    }
  }
}
