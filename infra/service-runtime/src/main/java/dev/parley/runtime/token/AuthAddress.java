package dev.parley.runtime.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

/// Where the auth-service is.
@ConfigMapping(prefix = "parley.auth")
public interface AuthAddress {
  /// The internal base URL of the auth-service. Default the port it takes by itself on one machine.
  @WithDefault("http://127.0.0.1:8081")
  URI url();
}
