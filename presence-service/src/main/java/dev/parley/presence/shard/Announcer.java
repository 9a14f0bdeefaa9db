package dev.parley.presence.shard;

import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.DeliveryCodec;
import dev.parley.contracts.routing.Route;
import dev.parley.presence.read.StatusJson;
import dev.parley.presence.state.Told;
import dev.parley.runtime.routing.Lookup;
import dev.parley.runtime.routing.Routes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;

/// Tells changes to those who watch, through the gateways' slots, and notes them for good. Blocks
/// until Kafka has everything.
final class Announcer {
  private final Routes routes;
  private final Producer<byte[], byte[]> producer;
  private final String deliveries;
  private final ToldLog toldLog;
  private final Duration patience;
  private final ShardMetrics metrics;

  /// Kafka did not take what was to be told. An expected state of affairs: carries no stack trace.
  static final class NotTold extends RuntimeException {
    NotTold(String message) {
      super(message, null, false, false);
    }
  }

  /// @param deliveries the topic of pushes
  Announcer(
      Routes routes,
      Producer<byte[], byte[]> producer,
      String deliveries,
      ToldLog toldLog,
      Duration patience,
      ShardMetrics metrics) {
    this.routes = routes;
    this.producer = producer;
    this.deliveries = deliveries;
    this.toldLog = toldLog;
    this.patience = patience;
    this.metrics = metrics;
  }

  /// Tells `news`, by user.
  ///
  /// @throws NotTold if some of it may not have been told
  void announce(Map<UUID, Told> news) {
    if (news.isEmpty()) {
      return;
    }
    Set<Route> watched = new LinkedHashSet<>();
    news.keySet().forEach(user -> watched.add(Route.presence(user)));
    Lookup lookup = routes.find(watched);
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    try {
      news.forEach((user, told) -> {
        Route route = Route.presence(user);
        Delivery push = new Delivery.Push(route, null, null, StatusJson.push(user, told));
        for (int partition : lookup.partitions(List.of(route))) {
          sent.add(producer.send(record(partition, push)));
        }
        sent.add(producer.send(toldLog.record(user, told)));
        metrics.told(told.status());
      });
      long deadline = System.nanoTime() + patience.toNanos();
      for (Future<RecordMetadata> record : sent) {
        record.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NotTold("interrupted");
    } catch (ExecutionException e) {
      throw new NotTold(String.valueOf(e.getCause()));
    } catch (TimeoutException | KafkaException e) {
      throw new NotTold(e.toString());
    }
  }

  private ProducerRecord<byte[], byte[]> record(int partition, Delivery push) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(deliveries, partition, null, push.json().utf8());
    DeliveryCodec.headers(push).bytes().forEach((name, value) -> record.headers().add(name, value));
    return record;
  }
}
