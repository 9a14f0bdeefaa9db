package dev.parley.runtime.trace;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Puts spans together for the services that leave some.
@ApplicationScoped
class TraceBeans {
  @Produces
  @Singleton
  Spans spans(
      @ConfigProperty(name = "quarkus.application.name") String service, TraceConfig config) {
    return new Spans(service, config);
  }

  void close(@Disposes Spans spans) {
    spans.close();
  }
}
