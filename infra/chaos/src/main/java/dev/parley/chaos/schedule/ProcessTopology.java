package dev.parley.chaos.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The processes of a stack of the harness's own and the links between them.
///
/// @param brokers 1 or 3
/// @param gateways 2 or more
/// @param disk whether PostgreSQL's disk can be filled
public record ProcessTopology(int brokers, int gateways, boolean disk) implements Topology {
  /// How many message-services there are.
  public static final int MESSAGE_SERVICES = 2;

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

  @Override
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

  /// Every link.
  public List<Link> links() {
    List<Link> links = new ArrayList<>();
    for (String process : processes()) {
      NEEDS
          .getOrDefault(Topology.kind(process), List.of())
          .forEach(to -> links.add(new Link(process, to)));
    }
    numbered(GATEWAY, gateways).forEach(gateway -> links.add(new Link(ENTRY, gateway)));
    return links;
  }

  @Override
  public List<String> targets(FaultKind kind) {
    return switch (kind) {
      case KILL, TERM, STOP -> processes();
      case CUT, RESET, DELAY, HALF_OPEN -> links().stream().map(Link::toString).toList();
      case DRIP ->
          links().stream()
              .filter(link ->
                  (link.to().equals(KAFKA) && Topology.kind(link.from()).equals(GATEWAY))
                      || (link.to().equals(POSTGRES)
                          && Topology.kind(link.from()).equals(MESSAGES)))
              .map(Link::toString)
              .toList();
      case FLUSH_REDIS -> List.of(REDIS);
      case DISK_FULL -> disk ? List.of(POSTGRES) : List.of();
      case ROLLING_GATEWAYS -> List.of(GATEWAY);
      case ROLLING_MESSAGES, REBALANCE -> List.of(MESSAGES);
      case ROLLING_BROKERS -> brokers > 1 ? List.of(KAFKA) : List.of();
    };
  }

  @Override
  public List<String> names() {
    return Stream.concat(processes().stream(), links().stream().map(Link::toString)).toList();
  }

  @Override
  public String text() {
    return "processes: %d brokers, %d message-services, %d gateways, one of each other kind"
        .formatted(brokers, MESSAGE_SERVICES, gateways);
  }

  private static List<String> numbered(String kind, int number) {
    return IntStream.rangeClosed(1, number).mapToObj(n -> kind + "-" + n).toList();
  }
}
