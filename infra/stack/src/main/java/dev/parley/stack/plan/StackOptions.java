package dev.parley.stack.plan;

/// What `up` was asked for.
///
/// @param gateways how many, at least 1
/// @param messageServices how many, at least 1
/// @param brokers 1 or 3
/// @param port where people connect
/// @param fresh whether the data is thrown away at the end
public record StackOptions(
    int gateways, int messageServices, int brokers, int port, boolean fresh, Settings settings) {

  public StackOptions {
    require(gateways >= 1, "--gateways " + gateways + ": at least one is needed");
    require(
        messageServices >= 1, "--message-services " + messageServices + ": at least one is needed");
    require(brokers == 1 || brokers == 3, "--brokers " + brokers + ": expected 1 or 3");
    require(port >= 1 && port <= 65_535, "--port " + port + ": expected 1 to 65535");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
