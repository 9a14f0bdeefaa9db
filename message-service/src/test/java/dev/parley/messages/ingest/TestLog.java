package dev.parley.messages.ingest;

import dev.parley.contracts.Topics;
import dev.parley.testing.Backends;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A database with the schema and topics of their own, for tests that run parts of the service
/// without the application.
///
/// @param kafka settings of clients
record TestLog(PGSimpleDataSource database, Topics topics, Map<String, Object> kafka) {
  /// @param name tells test classes apart; lower-case letters
  static TestLog create(String name) throws Exception {
    return create(name, Backends.ofThisProcess().kafka());
  }

  /// @param servers a Kafka of the test's own
  static TestLog create(String name, String servers) throws Exception {
    Backends backends = Backends.ofThisProcess();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(backends.database("_" + name));
    database.setUser(backends.user());
    database.setPassword(backends.password());
    Flyway.configure().dataSource(database).load().migrate();
    Topics topics = new Topics(backends.topicPrefix() + name + ".");
    TestLog log = new TestLog(database, topics, client(servers));
    log.createTopics(topics.all());
    return log;
  }

  /// As every service is set (service-runtime's `microprofile-config.properties`).
  private static Map<String, Object> client(String servers) {
    Map<String, Object> client = new HashMap<>();
    Config config = ConfigProvider.getConfig();
    for (String name : config.getPropertyNames()) {
      if (name.startsWith("kafka.")) {
        client.put(name.substring("kafka.".length()), config.getValue(name, String.class));
      }
    }
    client.remove("health.enabled");
    client.put("bootstrap.servers", servers);
    return client;
  }

  void createTopics(List<Topics.Spec> specs) throws Exception {
    try (Admin admin = Admin.create(kafka)) {
      List<NewTopic> missing =
          specs.stream()
              .map(spec ->
                  new NewTopic(spec.name(), spec.partitions(), (short) 1).configs(spec.settings()))
              .toList();
      admin.createTopics(missing).all().get();
    }
  }

  /// The database that ends whoever stands still in a transaction, as the application sets it, but
  /// after a second: not for those who stand still with a busy machine.
  PGSimpleDataSource impatient() {
    PGSimpleDataSource impatient = new PGSimpleDataSource();
    impatient.setUrl(database.getUrl());
    impatient.setUser(database.getUser());
    impatient.setPassword(database.getPassword());
    impatient.setOptions("-c idle_in_transaction_session_timeout=1s");
    return impatient;
  }

  /// The database by way of a pool, as the application uses it.
  AgroalDataSource pooled() throws SQLException {
    return AgroalDataSource.from(
        new AgroalDataSourceConfigurationSupplier()
            .connectionPoolConfiguration(pool ->
                pool.maxSize(4)
                    .connectionFactoryConfiguration(factory ->
                        factory
                            .jdbcUrl(database.getUrl())
                            .principal(new NamePrincipal(database.getUser()))
                            .credential(new SimplePassword(database.getPassword())))));
  }

  String servers() {
    return kafka.get("bootstrap.servers").toString();
  }
}
