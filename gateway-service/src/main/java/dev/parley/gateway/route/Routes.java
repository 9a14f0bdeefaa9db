package dev.parley.gateway.route;

import dev.parley.contracts.routing.Route;
import java.util.concurrent.CompletionStage;

/// Tells the services behind the gateway what is wanted here. Any thread; nothing blocks.
public interface Routes {
  /// Records interest. Completes, never exceptionally, once it is recorded; or once it is known
  /// that Redis cannot be reached: then routes are unknown, so that everything is broadcast, and
  /// the interest is recorded when Redis is back.
  CompletionStage<Void> record(Route route);

  /// Ends an interest. It stays recorded for a while, because most who leave come back.
  void release(Route route);
}
