package dev.parley.runtime.trace;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/// Which messages leave spans, and where those go.
@ConfigMapping(prefix = "parley.traces")
public interface TraceConfig {
  /// Where spans are sent as OTLP in protobuf over HTTP, for example
  /// `http://collector:4318/v1/traces`. Default none: there are no spans then.
  Optional<URI> endpoint();

  /// Which part of all messages leaves spans, from 0 to 1; the gateway that takes a message decides
  /// for all. Default 0.001: enough to see where time goes, and nothing that can be measured.
  @WithDefault("0.001")
  double sampling();

  /// How many messages a second leave spans because their senders asked for the trace, in each
  /// gateway. Default 20: for those who look for something, not for all of a client's messages.
  @WithDefault("20")
  int askedPerSecond();
}
