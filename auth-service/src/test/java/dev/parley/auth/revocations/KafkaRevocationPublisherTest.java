package dev.parley.auth.revocations;

import static dev.parley.testing.Patience.await;

import dev.parley.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class KafkaRevocationPublisherTest {
  /// The thread ended, and nothing was ever published until the service was started again.
  @Test
  void producerThatCannotBeMadeYetIsMadeLater() throws Exception {
    AtomicInteger tries = new AtomicInteger();
    Supplier<Producer<byte[], byte[]>> producers =
        () -> {
          if (tries.incrementAndGet() < 2) {
            throw new KafkaException("no such host yet");
          }
          return new MockProducer<>();
        };
    KafkaRevocationPublisher publisher =
        new KafkaRevocationPublisher(producers, new Topics("test."));
    publisher.start(new StartupEvent());
    await().until(() -> tries.get() == 2);
    publisher.stop(new ShutdownEvent());
  }
}
