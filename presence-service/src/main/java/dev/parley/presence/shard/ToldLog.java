package dev.parley.presence.shard;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.parley.contracts.Ids;
import dev.parley.contracts.RecordHeaders;
import dev.parley.contracts.json.JsonObject;
import dev.parley.contracts.json.JsonReader;
import dev.parley.contracts.json.JsonValue;
import dev.parley.contracts.json.JsonWriter;
import dev.parley.contracts.json.NotJson;
import dev.parley.contracts.presence.SessionRecordCodec;
import dev.parley.presence.redis.UserStateJson;
import dev.parley.presence.state.Told;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// What was last told of each user, in the compacted topic `presence.seen`: the key is the user,
/// the value `{"status","text"?,"at"}` (see [Told]). Only this service writes and reads it, the
/// latter when Redis has lost its content.
final class ToldLog {
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// The client asks for more before it returns what it has; at a partition's end the broker would
  /// hold that for half a second, and the question for the next one's end behind it.
  private static final int FETCH_WAIT_MILLIS = 10;

  private final Map<String, Object> kafka;
  private final String topic;
  private @Nullable KafkaConsumer<byte[], byte[]> reader;

  /// @param kafka connection settings
  ToldLog(Map<String, Object> kafka, String topic) {
    this.kafka = kafka;
    this.topic = topic;
  }

  /// The record that says that `told` was told of `user`.
  ProducerRecord<byte[], byte[]> record(UUID user, Told told) {
    byte[] value =
        JsonWriter.object()
            .with("status", told.status().wire())
            .with("text", told.text())
            .with("at", told.at())
            .end()
            .utf8();
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, SessionRecordCodec.partition(user), Ids.bytes(user), value);
    record.headers().add(RecordHeaders.V, RecordHeaders.VERSION.getBytes(UTF_8));
    return record;
  }

  /// Reads all that was told of the users of one shard, older words before newer ones. On the
  /// reader's thread, as [#rest].
  ///
  /// @throws IllegalStateException if Kafka gives nothing for 20 s
  void read(int partition, BiConsumer<UUID, Told> listener) {
    TopicPartition source = new TopicPartition(topic, partition);
    KafkaConsumer<byte[], byte[]> consumer = reader();
    consumer.assign(List.of(source));
    consumer.seekToBeginning(List.of(source));
    long end = consumer.endOffsets(List.of(source)).getOrDefault(source, 0L);
    long progress = System.nanoTime();
    while (consumer.position(source) < end) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        progress = System.nanoTime();
        UUID user = Ids.fromBytes(record.key());
        Told told = told(record.value());
        if (user != null && told != null) {
          listener.accept(user, told);
        }
      }
      if (System.nanoTime() - progress > PATIENCE.toNanos()) {
        throw new IllegalStateException("Kafka gives nothing of " + source);
      }
    }
  }

  /// Lets go of what reading needs, once no shard is left to be read for.
  void rest() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  private KafkaConsumer<byte[], byte[]> reader() {
    if (reader == null) {
      Map<String, Object> settings = new HashMap<>(kafka);
      settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "presence-service-seen");
      settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
      settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
      settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
      settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
      reader =
          new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
    return reader;
  }

  private static @Nullable Told told(byte @Nullable [] value) {
    if (value == null) {
      return null;
    }
    try {
      JsonObject object = JsonReader.read(value).object();
      return new Told(
          UserStateJson.shown(text(object.get("status"))),
          text(object.get("text")),
          object.get("at") instanceof JsonValue.Numeral at ? Long.parseLong(at.spelled()) : 0);
    } catch (NotJson | NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    return value instanceof JsonValue.Text text ? text.value() : null;
  }
}
