package dev.parley.chaos.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The processes of a run and the links between them.
///
/// @param brokers 1 or 3
/// @param gateways 2 or more
/// @param disk whether PostgreSQL's disk can be filled
public record Topology(int brokers, int gateways, boolean disk) {
  /// How many message-services there are.
  public static final int MESSAGE_SERVICES = 2;

  /// A kind of process, and what it connects to.
  public static final String KAFKA = "kafka";

  /// The database.
  public static final String POSTGRES = "postgres";

  /// The cache.
  public static final String REDIS = "redis";

  /// Users and keys.
  public static final String AUTH = "auth-service";

  /// Conversations.
  public static final String MESSAGES = "message-service";

  /// Who is online.
  public static final String PRESENCE = "presence-service";

  /// Sessions.
  public static final String GATEWAY = "gateway";

  /// The entry.
  public static final String ENTRY = "load-balancer";

  // The entry's links to gateways are one for each gateway and stand apart.
  private static final Map<String, List<String>> NEEDS =
      Map.of(
          AUTH, List.of(POSTGRES, KAFKA),
          MESSAGES, List.of(POSTGRES, KAFKA, REDIS, AUTH),
          PRESENCE, List.of(KAFKA, REDIS, MESSAGES, AUTH),
          GATEWAY, List.of(KAFKA, REDIS, MESSAGES, PRESENCE, AUTH));

  /// A link that can be broken by itself.
  ///
  /// @param from a process, for example `gateway-1`
  /// @param to a kind of process (all of it is reached through this link), or a gateway
  public record Link(String from, String to) {
    @Override
    public String toString() {
      return from + "->" + to;
    }
  }

  /// Every process.
  public List<String> processes() {
    return Stream.of(
            numbered(KAFKA, brokers).stream(),
            Stream.of(POSTGRES, REDIS, AUTH),
            numbered(MESSAGES, MESSAGE_SERVICES).stream(),
            Stream.of(PRESENCE + "-1"),
            numbered(GATEWAY, gateways).stream(),
            Stream.of(ENTRY))
        .flatMap(names -> names)
        .toList();
  }

  /// The processes of a kind that there are several of.
  public List<String> all(String kind) {
    return processes().stream().filter(name -> kind(name).equals(kind)).toList();
  }

  /// Every link.
  public List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (String process : processes()) {
      NEEDS.getOrDefault(kind(process), List.of()).forEach(to -> links.add(new Link(process, to)));
    }
    numbered(GATEWAY, gateways).forEach(gateway -> links.add(new Link(ENTRY, gateway)));
    return links;
  }

  /// Everything that can be broken by itself.
  List<String> names() {
    return Stream.concat(processes().stream(), links().stream().map(Link::toString)).toList();
  }

  /// The kind of a process: its name without its number.
  public static String kind(String process) {
    return process.replaceFirst("-\\d+$", "");
  }

  private static List<String> numbered(String kind, int number) {
    return IntStream.rangeClosed(1, number).mapToObj(n -> kind + "-" + n).toList();
  }
}
