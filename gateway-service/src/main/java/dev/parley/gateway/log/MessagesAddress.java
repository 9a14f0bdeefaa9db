package dev.parley.gateway.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where the message-service is.
@ConfigMapping(prefix = "parley.messages")
public interface MessagesAddress {
  /// The internal base URL of the message-service. Default the port it takes by itself on one
  /// machine.
  @WithDefault("http://127.0.0.1:8082")
  URI url();
}
