import module java.base;
import module java.net.http;

/// The entry, as clients see it.
///
/// @param origin for example `http://127.0.0.1:8080`
record Api(HttpClient http, String origin) {
  Api(String authority) {
    this(client().build(), "http://" + authority);
  }

  /// The entry with TLS.
  ///
  /// @param trusted what its certificate is checked with
  Api(String authority, SSLContext trusted) {
    this(client().sslContext(trusted).build(), "https://" + authority);
  }

  private static HttpClient.Builder client() {
    return HttpClient.newBuilder()
        .connectTimeout(Duration.ofSeconds(5))
        .followRedirects(HttpClient.Redirect.NEVER);
  }

  /// A GET that is made again while the entry says that the service cannot be reached now.
  String get(String path, String token, int expected) {
    var request = request(path, token).GET().build();
    Until.met(path + " is served", () -> send(request).statusCode() != 503);
    return answer(request, expected);
  }

  String post(String path, String token, String body, int expected) {
    return answer(
        request(path, token).POST(HttpRequest.BodyPublishers.ofString(body)).build(), expected);
  }

  /// Whatever the answer to a GET is.
  HttpResponse<String> look(String path) {
    return send(request(path, "").GET().build());
  }

  WebSocket socket(WebSocket.Listener listener) {
    return http.newWebSocketBuilder()
        .subprotocols("parley.v1.json")
        .connectTimeout(Duration.ofSeconds(5))
        .buildAsync(URI.create(origin.replaceFirst("^http", "ws") + "/ws"), listener)
        .join();
  }

  private HttpRequest.Builder request(String path, String token) {
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json");
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  private String answer(HttpRequest request, int expected) {
    var response = send(request);
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
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
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
