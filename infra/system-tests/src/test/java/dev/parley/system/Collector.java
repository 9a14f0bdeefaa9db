package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes the spans that the stack's services leave, as a collector of traces does.
final class Collector {
  /// A span, and the kind of the process that left it.
  record Left(
      String service, String name, String trace, String span, String parent, long sessions) {}

  private static final JsonMapper JSON = new JsonMapper();
  private static final Collector SHARED = new Collector();

  private final List<Left> spans = new CopyOnWriteArrayList<>();
  private final HttpServer server;

  private Collector() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/v1/traces",
        exchange -> {
          JsonNode all = JSON.readTree(exchange.getRequestBody().readAllBytes());
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
          take(all);
        });
    server.setExecutor(task -> Thread.ofVirtual().start(task));
    server.start();
  }

  /// The one of this process.
  static Collector shared() {
    return SHARED;
  }

  /// Where it listens.
  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces";
  }

  /// All spans of a trace that have come.
  List<Left> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  private void take(JsonNode all) {
    for (JsonNode resource : all.get("resourceSpans")) {
      String service = resource.at("/resource/attributes/0/value/stringValue").asText();
      for (JsonNode span : resource.at("/scopeSpans/0/spans")) {
        long sessions = -1;
        for (JsonNode attribute : span.get("attributes")) {
          if (attribute.get("key").asText().equals("parley.sessions")) {
            sessions = attribute.at("/value/intValue").asLong();
          }
        }
        spans.add(
            new Left(
                service,
                span.get("name").asText(),
                span.get("traceId").asText(),
                span.get("spanId").asText(),
                span.path("parentSpanId").asText(),
                sessions));
      }
    }
  }
}
