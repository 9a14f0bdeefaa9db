package dev.parley.runtime.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;

/// Asks the SDK, which counts for itself, how many spans found no room or were not taken.
final class Losses implements MetricReader {
  // Of the queue's count of what it was given, and of the exporter's of what it tried to send.
  private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");
  private static final AttributeKey<Boolean> SUCCESS = AttributeKey.booleanKey("success");

  private volatile CollectionRegistration metrics = CollectionRegistration.noop();

  double count() {
    return metrics.collectAllMetrics().stream()
        .flatMap(metric -> metric.getLongSumData().getPoints().stream())
        .filter(point -> lost(point.getAttributes()))
        .mapToLong(LongPointData::getValue)
        .sum();
  }

  private static boolean lost(Attributes of) {
    return Boolean.TRUE.equals(of.get(DROPPED)) || Boolean.FALSE.equals(of.get(SUCCESS));
  }

  @Override
  public void register(CollectionRegistration registration) {
    metrics = registration;
  }

  @Override
  public CompletableResultCode forceFlush() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public CompletableResultCode shutdown() {
    return CompletableResultCode.ofSuccess();
  }

  @Override
  public AggregationTemporality getAggregationTemporality(InstrumentType type) {
    return AggregationTemporality.CUMULATIVE;
  }
}
