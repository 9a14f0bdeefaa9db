package dev.parley.runtime.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/// The secret by which services know each other (`parley.service-credential`, the same in all of
/// them). Whoever calls an internal address of another service sends [#value()] as header
/// [#HEADER].
@ApplicationScoped
@Startup
public class ServiceCredential {
  /// The request header that carries the secret.
  public static final String HEADER = "Parley-Service";

  static final String KEY = "parley.service-credential";

  private final String secret;

  /// @param secret The secret by which services know each other on `/internal/…`, the same in all
  ///   of them; at least 16 characters. Default none: a service without it does not start.
  ServiceCredential(@ConfigProperty(name = KEY) Optional<String> secret) {
    this.secret = Secrets.require(KEY, secret);
  }

  /// The secret, for calls to other services.
  public String value() {
    return secret;
  }

  /// Whether `offered` is the secret; takes the same time wherever it differs.
  public boolean matches(@Nullable String offered) {
    return offered != null
        && MessageDigest.isEqual(secret.getBytes(UTF_8), offered.getBytes(UTF_8));
  }
}
