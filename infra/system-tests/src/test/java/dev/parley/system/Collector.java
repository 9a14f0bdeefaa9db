package dev.parley.system;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Takes the spans that the stack's services leave, as a collector of traces does.
final class Collector {
  /// A span, and the kind of the process that left it.
  record Left(
      String service, String name, String trace, String span, String parent, long sessions) {}

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
          var all = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
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

  private void take(ExportTraceServiceRequest all) {
    for (ResourceSpans resource : all.getResourceSpansList()) {
      String service = resource.getResource().getAttributes(0).getValue().getStringValue();
      for (Span span : resource.getScopeSpans(0).getSpansList()) {
        long sessions = -1;
        for (KeyValue attribute : span.getAttributesList()) {
          if (attribute.getKey().equals("parley.sessions")) {
            sessions = attribute.getValue().getIntValue();
          }
        }
        spans.add(
            new Left(
                service,
                span.getName(),
                hex(span.getTraceId()),
                hex(span.getSpanId()),
                hex(span.getParentSpanId()),
                sessions));
      }
    }
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }
}
