package dev.parley.servers;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// One Kafka broker and controller (KRaft, combined), alone or as one of a cluster of three.
public final class KafkaBroker implements Server {
  /// A setting of this name is no property of the broker but more flags for its JVM, separated by
  /// spaces.
  public static final String JAVA_OPTIONS = "java-options";

  private final Repository repository;
  private final Path data;
  private final String cluster;
  private final KafkaNode self;
  private final List<KafkaNode> all;
  private final Map<String, String> settings;
  private final List<String> javaOptions;

  /// @param cluster the id of the cluster: 22 characters, as [#newClusterId()] makes them; it must
  ///   stay the same for the same data
  /// @param all every broker of the cluster, this one included
  /// @param settings entries of the broker's properties that replace or add to the defaults
  public KafkaBroker(
      Repository repository,
      Path data,
      String cluster,
      KafkaNode self,
      List<KafkaNode> all,
      Map<String, String> settings) {
    this.repository = repository;
    this.data = data;
    this.cluster = cluster;
    this.self = self;
    this.all = List.copyOf(all);
    this.settings = new TreeMap<>(settings);
    String options = this.settings.remove(JAVA_OPTIONS);
    this.javaOptions = options == null ? List.of() : List.of(options.strip().split(" +"));
  }

  /// A new id for a cluster.
  public static String newClusterId() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    // A leading dash would look like an option.
    bytes[0] &= 0x7f;
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String name() {
    return "kafka-" + self.id();
  }

  /// Writes the broker's properties (ports may differ from the last start) and formats an empty
  /// directory.
  @Override
  public void prepare() throws IOException {
    if (!Files.isDirectory(repository.kafkaLibraries())) {
      throw new IOException("Kafka is not there; build first: " + repository.kafkaLibraries());
    }
    Files.createDirectories(data);
    try (var out = Files.newBufferedWriter(configuration())) {
      properties().store(out, null);
    }
    if (Files.exists(data.resolve("log/meta.properties"))) {
      return;
    }
    Command.run(
        "formatting Kafka's directory",
        List.of(
            Repository.java(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            classPath(),
            "kafka.tools.StorageTool",
            "format",
            "-t",
            cluster,
            "-c",
            configuration().toString()));
  }

  @Override
  public List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Repository.java());
    command.addAll(
        List.of(
            all.size() > 1 ? "-Xmx256m" : "-Xmx384m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX"));
    command.addAll(Repository.calm());
    command.addAll(javaOptions);
    command.addAll(List.of("-cp", classPath(), "kafka.Kafka", configuration().toString()));
    return command;
  }

  /// Ready means that this broker knows every broker of the cluster as alive.
  ///
  /// It is asked with a metadata request (key 3, version 1, no topics), written by hand because
  /// Kafka's client would more than double what the supervisor needs of memory.
  @Override
  public boolean ready() {
    try (Socket socket = new Socket()) {
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), self.clientPort()), 1_000);
      socket.setSoTimeout(1_000);
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      out.writeInt(14);
      out.writeShort(3);
      out.writeShort(1);
      out.writeInt(0);
      out.writeShort(-1);
      out.writeInt(0);
      DataInputStream in = new DataInputStream(socket.getInputStream());
      in.readInt();
      in.readInt();
      return in.readInt() == all.size();
    } catch (IOException notYet) {
      return false;
    }
  }

  private Properties properties() {
    String copies = all.size() > 2 ? "3" : "1";
    Properties properties = new Properties();
    properties.put("node.id", Integer.toString(self.id()));
    properties.put("process.roles", "broker,controller");
    properties.put("log.dirs", data.resolve("log").toString());
    properties.put(
        "listeners",
        "CLIENT://127.0.0.1:%d,PEER://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
            .formatted(self.clientPort(), self.peerPort(), self.controllerPort()));
    properties.put(
        "advertised.listeners",
        "CLIENT://%s,PEER://%s,CONTROLLER://%s"
            .formatted(self.clientAddress(), self.peerAddress(), self.controllerAddress()));
    properties.put(
        "listener.security.protocol.map", "CLIENT:PLAINTEXT,PEER:PLAINTEXT,CONTROLLER:PLAINTEXT");
    properties.put("inter.broker.listener.name", "PEER");
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put(
        "controller.quorum.voters",
        all.stream()
            .map(node -> node.id() + "@" + node.controllerAddress())
            .collect(Collectors.joining(",")));
    properties.put("auto.create.topics.enable", "false");
    properties.put("default.replication.factor", copies);
    properties.put("min.insync.replicas", all.size() > 2 ? "2" : "1");
    properties.put("offsets.topic.replication.factor", copies);
    properties.put("offsets.topic.num.partitions", "4");
    properties.put("transaction.state.log.replication.factor", copies);
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("share.coordinator.state.topic.replication.factor", copies);
    properties.put("group.initial.rebalance.delay.ms", "0");
    // Members of a group take over from one that died after 10 s instead of 45, and hear within a
    // second that one has left.
    properties.put("group.consumer.min.session.timeout.ms", "6000");
    properties.put("group.consumer.session.timeout.ms", "10000");
    properties.put("group.consumer.min.heartbeat.interval.ms", "1000");
    properties.put("group.consumer.heartbeat.interval.ms", "1000");
    // On a busy machine a start may take longer than the usual minute, and must not end for that.
    properties.put("initial.broker.registration.timeout.ms", "240000");
    properties.put("num.network.threads", "2");
    // Brokers and controllers say little to each other, and each thread wakes up thrice a second.
    properties.put("listener.name.peer.num.network.threads", "1");
    properties.put("listener.name.controller.num.network.threads", "1");
    if (all.size() > 1) {
      // Until a dead broker counts as dead, nothing that it has a copy of is acknowledged, on
      // whatever broker: 5 s instead of 9.
      properties.put("broker.session.timeout.ms", "5000");
      properties.put("broker.heartbeat.interval.ms", "1000");
    } else {
      properties.put("broker.heartbeat.interval.ms", "3000");
    }
    properties.put("num.io.threads", "4");
    properties.put("group.coordinator.threads", "1");
    properties.put("log.cleaner.dedupe.buffer.size", "8388608");
    // A record that says nothing, twice a second, so that observers see time pass: nobody here
    // needs it so often.
    properties.put("metadata.max.idle.interval.ms", "60000");
    properties.putAll(settings);
    return properties;
  }

  private Path configuration() {
    return data.resolve("server.properties");
  }

  private String classPath() {
    return repository.kafkaLibraries() + "/*";
  }
}
