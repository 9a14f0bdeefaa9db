package dev.parley.chaos.schedule;

import java.util.List;

/// The running containers of a compose project. They can be killed, and nothing else.
///
/// @param project its name
/// @param processes names of containers without the project's, for example `kafka-2-1`
public record ContainerTopology(String project, List<String> processes) implements Topology {
  public ContainerTopology {
    processes = processes.stream().sorted().toList();
  }

  @Override
  public List<String> targets(FaultKind kind) {
    return kind == FaultKind.KILL ? processes : List.of();
  }

  @Override
  public List<String> names() {
    return processes;
  }

  @Override
  public int brokers() {
    return all(KAFKA).size();
  }

  @Override
  public int gateways() {
    return all(GATEWAY_SERVICE).size();
  }

  @Override
  public String text() {
    return "%d containers of %s: %s"
        .formatted(processes.size(), project, String.join(", ", processes));
  }
}
