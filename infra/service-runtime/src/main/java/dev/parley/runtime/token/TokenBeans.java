package dev.parley.runtime.token;

import dev.parley.runtime.health.Check;
import dev.parley.runtime.revocation.Revocations;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;
import org.eclipse.microprofile.health.Startup;

/// Wires the verifier into a service. A service with keys of its own (the auth-service) has a bean
/// of type [KeySource]; all others read the JWK set over HTTP.
@ApplicationScoped
class TokenBeans {
  @Produces
  @DefaultBean
  @Singleton
  KeySource keySource(AuthAddress auth) {
    return new JwksSource(auth.url());
  }

  void closeSource(@Disposes KeySource source) throws Exception {
    if (source instanceof AutoCloseable closeable) {
      closeable.close();
    }
  }

  @Produces
  @Singleton
  TokenVerifier verifier(KeySource source, Revocations revocations, TokenConfig config) {
    return new TokenVerifier(source, revocations, config, Clock.systemUTC());
  }

  void closeVerifier(@Disposes TokenVerifier verifier) {
    verifier.close();
  }

  void start(@Observes StartupEvent event, TokenVerifier verifier) {
    verifier.start();
  }

  @Produces
  @Readiness
  @Startup
  @ApplicationScoped
  HealthCheck keysRead(TokenVerifier verifier) {
    return () -> Check.of("access token keys", verifier.ready() ? null : verifier.problem());
  }
}
