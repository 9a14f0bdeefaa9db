package dev.parley.runtime.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.Clock;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Decides which messages leave spans, and begins these. What has ended waits in the SDK's queue of
/// [#QUEUE] spans for its threads; what finds no room, and what the collector does not take, is
/// dropped and counted: traces must not be felt by anybody. What is not sampled never meets the
/// SDK, and without a collector there is none.
///
/// Thread-safe; nothing blocks but [#close()].
public final class Spans implements AutoCloseable {
  /// Without a collector: nothing is sampled.
  public static final Spans OFF = new Spans();

  static final int QUEUE = 2048;

  private static final String SCOPE = "dev.parley";
  private static final IdGenerator IDS = IdGenerator.random();
  private static final Duration GATHER = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSING = Duration.ofSeconds(2);
  private static final int LENGTH = 55;

  private final Losses losses = new Losses();
  private final AtomicLong askedSecond = new AtomicLong();
  private final AtomicLong askedCount = new AtomicLong();
  private final double sampling;
  private final int askedPerSecond;
  private final @Nullable SdkTracerProvider sdk;
  private final Tracer tracer;

  private Spans() {
    sampling = 0;
    askedPerSecond = 0;
    sdk = null;
    tracer = TracerProvider.noop().get(SCOPE);
  }

  /// @param service the name of this process's kind
  public Spans(String service, TraceConfig config) {
    if (config.sampling() < 0 || config.sampling() > 1) {
      throw new IllegalStateException(
          "parley.traces.sampling is %s; it must be from 0 to 1".formatted(config.sampling()));
    }
    sampling = config.sampling();
    askedPerSecond = config.askedPerSecond();
    sdk = config.endpoint().map(endpoint -> sdk(service, endpoint, losses)).orElse(null);
    tracer = (sdk == null ? TracerProvider.noop() : sdk).get(SCOPE);
  }

  private static SdkTracerProvider sdk(String service, URI endpoint, Losses losses) {
    SdkMeterProvider counts = SdkMeterProvider.builder().registerMetricReader(losses).build();
    OtlpHttpSpanExporter exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(endpoint.toString())
            .setTimeout(PATIENCE)
            .setMeterProvider(counts)
            .build();
    return SdkTracerProvider.builder()
        .setResource(
            Resource.create(Attributes.of(AttributeKey.stringKey("service.name"), service)))
        .addSpanProcessor(
            BatchSpanProcessor.builder(exporter)
                .setMaxQueueSize(QUEUE)
                .setScheduleDelay(GATHER)
                .setExporterTimeout(PATIENCE)
                .setMeterProvider(counts)
                .build())
        .build();
  }

  /// Whether spans go anywhere.
  public boolean on() {
    return sdk != null;
  }

  /// The time, for spans: nanoseconds since the epoch.
  public static long now() {
    return Clock.getDefault().now();
  }

  /// Whether a record with this `traceparent` is of a sampled message, without looking at the rest
  /// of it: every record is asked.
  public static boolean sampled(byte @Nullable [] traceparent) {
    return traceparent != null && traceparent.length == LENGTH && traceparent[LENGTH - 1] == '1';
  }

  /// A new trace for what is never sampled: only its ids.
  public static Span none() {
    return Span.wrap(
        SpanContext.create(
            IDS.generateTraceId(),
            IDS.generateSpanId(),
            TraceFlags.getDefault(),
            TraceState.getDefault()));
  }

  /// Begins the trace of a message, and its first span if the message is sampled.
  ///
  /// @param asked whether its sender asked for the trace
  public Span first(String name, boolean asked) {
    return on() && (asked ? mayAsk() : ThreadLocalRandom.current().nextDouble() < sampling)
        ? tracer.spanBuilder(name).setNoParent().setSpanKind(SpanKind.PRODUCER).startSpan()
        : none();
  }

  private boolean mayAsk() {
    long second = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime());
    if (askedSecond.getAndSet(second) != second) {
      askedCount.set(0);
    }
    return askedCount.incrementAndGet() <= askedPerSecond;
  }

  /// Begins a span below the one that a record tells of; null if none is left.
  ///
  /// @param begun as [#now()]
  public @Nullable Span below(@Nullable String traceparent, String name, long begun) {
    if (!on()
        || traceparent == null
        || traceparent.length() != LENGTH
        || traceparent.charAt(LENGTH - 1) != '1') {
      return null;
    }
    SpanContext above =
        SpanContext.createFromRemoteParent(
            traceparent.substring(3, 35),
            traceparent.substring(36, 52),
            TraceFlags.getSampled(),
            TraceState.getDefault());
    return above.isValid()
        ? tracer
            .spanBuilder(name)
            .setParent(Context.root().with(Span.wrap(above)))
            .setSpanKind(SpanKind.CONSUMER)
            .setStartTimestamp(begun, TimeUnit.NANOSECONDS)
            .startSpan()
        : null;
  }

  /// A span as W3C's `traceparent`, which records carry.
  public static String traceparent(Span span) {
    SpanContext at = span.getSpanContext();
    return "00-" + at.getTraceId() + "-" + at.getSpanId() + "-" + at.getTraceFlags().asHex();
  }

  /// How many spans were not sent.
  public double dropped() {
    return losses.count();
  }

  /// Sends what is left, for a moment.
  @Override
  public void close() {
    if (sdk != null) {
      sdk.shutdown().join(CLOSING.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
