package dev.parley.runtime.trace;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
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
      @ConfigProperty(name = "quarkus.application.name") String service,
      TraceConfig config,
      MeterRegistry registry) {
    Spans spans = new Spans(service, config);
    FunctionCounter.builder("parley.traces.dropped", spans, Spans::dropped)
        .description("Spans that found no room or were not taken")
        .register(registry);
    return spans;
  }

  void close(@Disposes Spans spans) {
    spans.close();
  }
}
