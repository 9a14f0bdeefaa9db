package dev.parley.stack.cli;

import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.StackState;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Speaks to a running stack's supervisor.
final class Control {
  private static final int LONGEST_MILLIS = 300_000;

  private Control() {}

  /// The running stack's state.
  ///
  /// Has the supervisor do something, and waits until it is done.
  ///
  /// @throws Refused if none runs there
  static StackState running(DataDirectory directory) throws IOException {
    return directory
        .state()
        .read()
        .filter(state -> state.supervisor().find().isPresent())
        .orElseThrow(() ->
            new Refused("No stack runs on " + directory.root() + "; start one with ./parley up."));
  }

  static String get(StackState state, String path) throws IOException {
    return call(state, "GET", path);
  }

  /// Has the supervisor do something, and waits until it is done.
  ///
  /// @throws Refused with the supervisor's own words if it cannot do that
  static String post(StackState state, String path) throws IOException {
    return call(state, "POST", path);
  }

  private static String call(StackState state, String method, String path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + state.controlPort() + path);
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setRequestProperty("Authorization", "Bearer " + state.token());
    connection.setReadTimeout(LONGEST_MILLIS);
    boolean done = connection.getResponseCode() == 200;
    try (var body = done ? connection.getInputStream() : connection.getErrorStream()) {
      String text = body == null ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
      if (!done) {
        throw new Refused(text);
      }
      return text;
    }
  }
}
