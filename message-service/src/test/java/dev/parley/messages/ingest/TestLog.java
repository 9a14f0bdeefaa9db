package dev.parley.messages.ingest;

import dev.parley.contracts.Topics;
import dev.parley.testing.Backends;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A database with the schema and topics of their own, for tests that run parts of the service
/// without the application.
///
/// @param kafka settings of clients
record TestLog(PGSimpleDataSource database, Topics topics, Map<String, Object> kafka) {
  /// @param name tells test classes apart; lower-case letters
  static TestLog create(String name) throws Exception {
    Backends backends = Backends.ofThisProcess();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(backends.database("_" + name));
    database.setUser(backends.user());
    database.setPassword(backends.password());
    Flyway.configure().dataSource(database).load().migrate();
    // As the application sets it, but shorter; not for Flyway, which may stand still on a slow
    // machine.
    database.setOptions("-c idle_in_transaction_session_timeout=1s");
    Topics topics = new Topics(backends.topicPrefix() + name + ".");
    Map<String, Object> kafka = Map.of("bootstrap.servers", backends.kafka());
    try (Admin admin = Admin.create(kafka)) {
      List<NewTopic> missing =
          topics.all().stream()
              .map(spec -> new NewTopic(spec.name(), spec.partitions(), (short) 1))
              .toList();
      admin.createTopics(missing).all().get();
    }
    return new TestLog(database, topics, kafka);
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
