import module java.base;
import module java.net.http;

/// The entry, as clients see it.
record Api(HttpClient http, String authority) {
  Api(String authority) {
    this(HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build(), authority);
  }

  String get(String path, String token, int expected) {
    return answer(request(path, token).GET().build(), expected);
  }

  String post(String path, String token, String body, int expected) {
    return answer(
        request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)).build(), expected);
  }

  WebSocket socket(WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .subprotocols("parley.v1.json")
        .connectTimeout(Duration.ofSeconds(5))
        .buildAsync(URI.create("ws://" + authority + "/ws"), listener)
        .join();
  }

  private HttpRequest.Builder request(String path, String token) {
    var request =
        HttpRequest.newBuilder(URI.create("http://" + authority + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String answer(HttpRequest request, int expected) {
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != expected) {
        throw new IllegalStateException(
            "%s %s: %d instead of %d: %s"
                .formatted(
                    request.method(),
                    request.uri().getPath(),
                    response.statusCode(),
                    expected,
                    response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The first string of this name. Enough for what these tests read; no library is at hand.
  static String text(String json, String name) {
    return find(json, name, "\"([^\"]*)\"");
  }

  static long number(String json, String name) {
    return Long.parseLong(find(json, name, "(\\d+)"));
  }

  private static String find(String json, String name, String value) {
    var found = Pattern.compile("\"" + name + "\":" + value).matcher(json);
    if (!found.find()) {
      throw new IllegalStateException("No " + name + " in " + json);
    }
    return found.group(1);
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
