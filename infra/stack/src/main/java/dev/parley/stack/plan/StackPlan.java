package dev.parley.stack.plan;

import dev.parley.servers.Postgres;
import dev.parley.servers.Redis;
import dev.parley.servers.Repository;
import dev.parley.stack.data.DataDirectory;
import dev.parley.stack.data.Secrets;
import dev.parley.stack.plan.PlannedServer.Tier;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everything that one start of a stack consists of. Ports and addresses are chosen here and stay
/// the same until the stack stops, so a process that is started again is found where it was.
public final class StackPlan {
  private final Repository repository;
  private final Path run;
  private final Settings settings;
  private final Secrets secrets;
  private final Postgres postgres;
  private final Entry entry;
  private final List<PlannedServer> servers = new ArrayList<>();

  /// What every service is told.
  private final Map<String, String> shared = new HashMap<>();

  private final List<String> messages = new ArrayList<>();

  /// Chooses ports and makes secrets, but nothing else yet.
  ///
  /// @throws IOException if the secrets cannot be made, or the data was made with another number of
  ///   brokers
  public StackPlan(Repository repository, DataDirectory directory, StackOptions options)
      throws IOException {
    this.repository = repository;
    this.run = directory.run();
    this.settings = options.settings();
    Path store = directory.store(options.fresh());
    this.secrets = Secrets.of(store);

    KafkaCluster kafka =
        KafkaCluster.plan(repository, store, secrets.kafkaCluster(), options.brokers(), settings);
    servers.addAll(kafka.servers());
    Map<String, String> forPostgres = settings.of("postgres");
    int postgresPort = Settings.port(forPostgres, "port");
    this.postgres =
        new Postgres(
            repository,
            store.resolve("postgres"),
            postgresPort,
            secrets.postgresPassword(),
            over(Postgres.durable(), forPostgres));
    servers.add(new PlannedServer(postgres, Tier.INFRASTRUCTURE, postgresPort));
    Map<String, String> forRedis = settings.of("redis");
    int redisPort = Settings.port(forRedis, "port");
    servers.add(
        new PlannedServer(
            new Redis(
                repository, store.resolve("redis"), redisPort, over(Redis.durable(), forRedis)),
            Tier.INFRASTRUCTURE,
            redisPort));

    shared.put("kafka.bootstrap.servers", kafka.bootstrapServers());
    shared.put("parley.kafka.replication", Integer.toString(options.brokers()));
    shared.put("parley.service-credential", secrets.serviceCredential());
    // The supervisor asks five times a second until it is; each "not yet" would be a line.
    shared.put("quarkus.log.category.\"io.smallrye.health\".level", "WARN");
    String auth = planAuth();
    shared.put("quarkus.redis.hosts", "redis://127.0.0.1:" + redisPort);
    for (int n = 1; n <= options.messageServices(); n++) {
      messages.add(planMessages(n));
    }
    shared.put("parley.messages.url", messagesFrom(0));
    String presence =
        plan("presence-service-1", "presence-service", JvmFlags.PRESENCE, Tier.SERVICES, Map.of());
    shared.put("parley.presence.url", "http://" + presence);
    for (int n = 1; n <= options.gateways(); n++) {
      servers.add(gateway(n));
    }
    this.entry =
        new Entry(
            repository,
            run,
            Map.of(
                "listen",
                "0.0.0.0:" + options.port(),
                "auth",
                auth,
                "messages",
                String.join(",", messages),
                "presence",
                presence),
            settings.of("load-balancer"));
    servers.add(new PlannedServer(entry, Tier.ENTRY, options.port()));
  }

  /// Every process, in the order of their start.
  public List<PlannedServer> servers() {
    return List.copyOf(servers);
  }

  /// The load balancer.
  public Entry entry() {
    return entry;
  }

  /// One more gateway. It lets its sessions go more gently than by default: the other gateway may
  /// have started a moment ago, and both share their cores with all else.
  ///
  /// @param n from 1
  public PlannedServer gateway(int n) {
    return service(
        "gateway-" + n,
        "gateway-service",
        JvmFlags.GATEWAY,
        Tier.GATEWAYS,
        Map.of(
            "parley.messages.url",
            messagesFrom(n - 1),
            "parley.gateway.transport.drain.spread",
            "5s"));
  }

  /// Every message-service, each gateway beginning with another, so that they share the work.
  private String messagesFrom(int first) {
    List<String> urls = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      urls.add("http://" + messages.get((first + i) % messages.size()));
    }
    return String.join(",", urls);
  }

  /// Makes the databases `auth` and `messages`; PostgreSQL must be ready.
  public void createDatabases() throws IOException {
    try {
      postgres.createDatabase("auth", secrets.authPassword());
      postgres.createDatabase("messages", secrets.messagesPassword());
    } catch (SQLException e) {
      throw new IOException("the databases could not be made: " + e.getMessage(), e);
    }
  }

  private String planAuth() {
    Map<String, String> own = new HashMap<>(database("auth", secrets.authPassword()));
    own.put("parley.auth.key-encryption-key", secrets.keyEncryptionKey());
    String address = plan("auth-service", "auth-service", JvmFlags.AUTH, Tier.SERVICES, own);
    shared.put("parley.auth.url", "http://" + address);
    return address;
  }

  private String planMessages(int n) {
    return plan(
        "message-service-" + n,
        "message-service",
        JvmFlags.MESSAGES,
        Tier.SERVICES,
        database("messages", secrets.messagesPassword()));
  }

  /// Adds a service and returns its address.
  private String plan(
      String name, String module, JvmFlags flags, Tier tier, Map<String, String> own) {
    PlannedServer planned = service(name, module, flags, tier, own);
    servers.add(planned);
    return planned.address();
  }

  private PlannedServer service(
      String name, String module, JvmFlags flags, Tier tier, Map<String, String> own) {
    Map<String, String> more = settings.of(name);
    int port = Settings.port(more, "port");
    Path built = repository.root().resolve(module);
    return new PlannedServer(
        new QuarkusService(
            name, built, flags.flags(repository), port, run, over(shared, own), more),
        tier,
        port);
  }

  private Map<String, String> database(String name, String password) {
    return Map.of(
        "quarkus.datasource.jdbc.url", postgres.url(name),
        "quarkus.datasource.username", name,
        "quarkus.datasource.password", password);
  }

  private static Map<String, String> over(Map<String, String> base, Map<String, String> stronger) {
    Map<String, String> all = new HashMap<>(base);
    all.putAll(stronger);
    return all;
  }
}
