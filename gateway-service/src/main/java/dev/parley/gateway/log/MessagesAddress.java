package dev.parley.gateway.log;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.List;

/// Where the message-service is.
@ConfigMapping(prefix = "parley.messages")
public interface MessagesAddress {
  /// The internal base URLs of the message-service's instances, separated by commas; one that
  /// cannot be reached is passed over. Default the port it takes by itself on one machine.
  @WithDefault("http://127.0.0.1:8082")
  List<URI> url();
}
