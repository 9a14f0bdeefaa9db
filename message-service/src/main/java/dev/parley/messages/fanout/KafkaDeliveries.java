package dev.parley.messages.fanout;

import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.delivery.DeliveryCodec;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jboss.logging.Logger;

/// A topic of [dev.parley.contracts.delivery.Delivery] records.
final class KafkaDeliveries implements Deliveries {
  private static final Logger LOG = Logger.getLogger(KafkaDeliveries.class);

  private final Producer<byte[], byte[]> producer;
  private final String topic;

  KafkaDeliveries(Producer<byte[], byte[]> producer, String topic) {
    this.producer = producer;
    this.topic = topic;
  }

  @Override
  public CompletableFuture<?> send(int partition, Outgoing outgoing) {
    RecordHeaders headers = DeliveryCodec.headers(outgoing.delivery());
    Outgoing.Trace trace = outgoing.trace();
    if (trace != null) {
      headers.with(RecordHeaders.TRACEPARENT, trace.traceparent());
      headers.with(RecordHeaders.RECEIVED, trace.received());
    }
    ProducerRecord<byte[], byte[]> message =
        new ProducerRecord<>(topic, partition, null, outgoing.delivery().json().utf8());
    for (Map.Entry<String, byte[]> header : headers.bytes().entrySet()) {
      message.headers().add(header.getKey(), header.getValue());
    }
    CompletableFuture<Void> sent = new CompletableFuture<>();
    try {
      // Its future would say what the callback says.
      Future<?> _ =
          producer.send(
              message,
              (metadata, failure) -> {
                if (failure == null) {
                  sent.complete(null);
                } else if (failure instanceof RecordTooLargeException) {
                  // The same again would be too large again, and hold up its partition for ever:
                  // gateways find the hole and read the log.
                  LOG.error("a delivery is larger than Kafka takes and is left out", failure);
                  sent.complete(null);
                } else {
                  sent.completeExceptionally(failure);
                }
              });
    } catch (KafkaException e) {
      sent.completeExceptionally(e);
    }
    return sent;
  }
}
