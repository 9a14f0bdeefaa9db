package dev.parley.loadbalancer;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/// Does nothing but be ready: as the load balancer (`--routes FILE`) or as a service
/// (`smallrye.config.locations`), which starts for ever if it is told to
/// (`stand-in.starts=for-ever`).
public final class LoadBalancer {
  private LoadBalancer() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if ("for-ever".equals(System.getProperty("stand-in.starts"))) {
      new CountDownLatch(1).await();
    }
    Properties properties = new Properties();
    String locations = System.getProperty("smallrye.config.locations");
    Path file = locations == null ? Path.of(arguments[1]) : Path.of(URI.create(locations));
    try (var in = Files.newBufferedReader(file)) {
      properties.load(in);
    }
    if (locations == null) {
      serve(properties.getProperty("management").replaceFirst(".*:", ""));
      serve(properties.getProperty("listen").replaceFirst(".*:", ""));
    } else {
      serve(System.getProperty("quarkus.management.port"));
      serve(properties.getProperty("quarkus.http.port"));
    }
  }

  private static void serve(String port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Integer.parseInt(port)), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
