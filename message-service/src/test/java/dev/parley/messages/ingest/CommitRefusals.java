package dev.parley.messages.ingest;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;

/// Kafka refuses to take offsets for a while, as it does when a group's coordinator moves. All else
/// of a consumer is as it is.
final class CommitRefusals {
  private final AtomicInteger count = new AtomicInteger();
  private volatile boolean refusing;

  void begin() {
    refusing = true;
  }

  void end() {
    refusing = false;
  }

  /// How many were refused.
  int count() {
    return count.get();
  }

  @SuppressWarnings("unchecked")
  Consumer<byte[], byte[]> of(Consumer<byte[], byte[]> consumer) {
    return (Consumer<byte[], byte[]>)
        Proxy.newProxyInstance(
            CommitRefusals.class.getClassLoader(),
            new Class<?>[] {Consumer.class},
            (proxy, method, arguments) -> {
              if (refusing && method.getName().equals("commitAsync")) {
                count.incrementAndGet();
                ((OffsetCommitCallback) arguments[1])
                    .onComplete(Map.of(), new RetriableCommitFailedException("the test wants it"));
                return null;
              }
              try {
                return method.invoke(consumer, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
