package dev.parley.loadbalancer;

import dev.parley.servers.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// An entry on free ports, with its routes file in `directory`.
final class RunningEntry implements AutoCloseable {
  /// None of them runs out in a test that is not about it, however slow the machine.
  static final Limits PATIENT =
      new Limits(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), 1_000);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Path file;
  private final int port = Ports.free();
  private final int management = Ports.free();
  private final LoadBalancer balancer;

  RunningEntry(Path directory, List<String> gateways, List<String> services) throws IOException {
    this(directory, gateways, services, PATIENT);
  }

  RunningEntry(Path directory, List<String> gateways, List<String> services, Limits limits)
      throws IOException {
    this.file = directory.resolve("routes.properties");
    route(gateways, services);
    this.balancer = LoadBalancer.start(file, limits);
  }

  int port() {
    return port;
  }

  int management() {
    return management;
  }

  Path file() {
    return file;
  }

  void route(List<String> gateways, List<String> services) throws IOException {
    String all = String.join(",", services);
    Path partial = Files.createTempFile(file.getParent(), "routes", "partial");
    Files.writeString(
        partial,
        """
        listen=127.0.0.1:%d
        management=127.0.0.1:%d
        gateways=%s
        auth=%s
        messages=%s
        presence=%s
        """
            .formatted(port, management, String.join(",", gateways), all, all, all));
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  HttpResponse<String> get(String pathAndQuery, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  String metric(String name) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + management + "/q/metrics"));
    return send(request)
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .collect(Collectors.joining("\n"));
  }

  WebSocketClient webSocket(String query, String... headers) {
    return WebSocketClient.open(
        http, URI.create("ws://127.0.0.1:" + port + "/ws" + query), headers);
  }

  @Override
  public void close() {
    balancer.close();
    http.close();
  }
}
