package dev.parley.chaos.schedule;

import java.util.List;

/// What there is to break: processes of the harness's own, or a project's containers.
public sealed interface Topology permits ProcessTopology, ContainerTopology {
  /// A kind of process, and what it connects to.
  String KAFKA = "kafka";

  /// The database.
  String POSTGRES = "postgres";

  /// The cache.
  String REDIS = "redis";

  /// Users and keys.
  String AUTH = "auth-service";

  /// Conversations.
  String MESSAGES = "message-service";

  /// Who is online.
  String PRESENCE = "presence-service";

  /// Sessions, in a process.
  String GATEWAY = "gateway";

  /// Sessions, in a container.
  String GATEWAY_SERVICE = "gateway-service";

  /// The entry.
  String ENTRY = "load-balancer";

  /// Every process.
  List<String> processes();

  /// What a kind of fault can hit; nothing where that is not possible here.
  List<String> targets(FaultKind kind);

  /// Everything that can be broken by itself.
  List<String> names();

  int brokers();

  int gateways();

  /// For people: what the run was made against.
  String text();

  /// The processes of a kind that there are several of.
  default List<String> all(String kind) {
    return processes().stream().filter(name -> kind(name).equals(kind)).toList();
  }

  /// The kind of a process: its name without its numbers, and a replica counts as what it copies.
  static String kind(String process) {
    return process.replaceFirst("(-replica)?(-\\d+)*$", "");
  }
}
