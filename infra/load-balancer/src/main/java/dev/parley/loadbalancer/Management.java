package dev.parley.loadbalancer;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/// Health and metrics, on a port that clients do not reach.
final class Management {
  private final Pools pools;

  Management(Pools pools) {
    this.pools = pools;
  }

  Future<HttpServer> start(Vertx vertx, Address address) {
    var options = new HttpServerOptions().setHost(address.host()).setPort(address.port());
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    switch (request.path()) {
      case "/q/health", "/q/health/live", "/q/health/ready", "/q/health/started" ->
          request
              .response()
              .putHeader("Content-Type", "application/json")
              .end("{\"status\":\"UP\",\"checks\":[]}");
      case "/q/metrics" ->
          request
              .response()
              .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
              .end(metrics());
      case null, default -> Refusal.NOWHERE.answer(request);
    }
  }

  /// In Prometheus' text format.
  private String metrics() {
    StringBuilder text = new StringBuilder();
    text.append("# HELP parley_entry_open Connections (gateways) or requests that are open.\n");
    text.append("# TYPE parley_entry_open gauge\n");
    StringBuilder failures = new StringBuilder();
    failures.append("# HELP parley_entry_unreachable_total Attempts to reach a server in vain.\n");
    failures.append("# TYPE parley_entry_unreachable_total counter\n");
    for (Destination destination : Destination.values()) {
      for (Upstream upstream : pools.of(destination).upstreams()) {
        String labels =
            "{destination=\"%s\",server=\"%s\"} ".formatted(destination.key(), upstream.address());
        text.append("parley_entry_open").append(labels);
        text.append(upstream.open()).append('\n');
        failures.append("parley_entry_unreachable_total").append(labels);
        failures.append(upstream.unreachable()).append('\n');
      }
    }
    return text.append(failures).toString();
  }
}
