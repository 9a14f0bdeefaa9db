package dev.parley.messages.ingest;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/// `commands` of a [TestLog]. It is looked at again when the test says so.
final class TestTopic implements CommandsTopic {
  private final TestLog log;
  private volatile UUID last;

  TestTopic(TestLog log) {
    this.log = log;
  }

  @Override
  public String name() {
    return log.topics().commands().name();
  }

  @Override
  public UUID id() throws InterruptedException {
    try (Admin admin = Admin.create(log.kafka())) {
      var id = admin.describeTopics(List.of(name())).allTopicNames().get().get(name()).topicId();
      last = new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
      return last;
    } catch (ExecutionException e) {
      throw new IngestFailure("no id of " + name(), e);
    }
  }

  @Override
  public UUID lastId() {
    return last;
  }
}
