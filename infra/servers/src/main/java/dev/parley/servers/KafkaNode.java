package dev.parley.servers;

/// Where one broker of a cluster listens, and how it is reached. It listens on loopback; what
/// others are told may be another address (of a proxy, say), as `host:port`.
///
/// @param id from 1
/// @param clientPort for producers and consumers
/// @param peerPort for the other brokers
/// @param controllerPort for the vote among the brokers
/// @param clientAddress what the broker tells producers and consumers
/// @param peerAddress what the broker tells the other brokers
/// @param controllerAddress where the others vote
public record KafkaNode(
    int id,
    int clientPort,
    int peerPort,
    int controllerPort,
    String clientAddress,
    String peerAddress,
    String controllerAddress) {

  /// A broker on free ports that is reached directly.
  public static KafkaNode onFreePorts(int id) {
    int client = Ports.free();
    int peer = Ports.free();
    int controller = Ports.free();
    return new KafkaNode(
        id, client, peer, controller, loopback(client), loopback(peer), loopback(controller));
  }

  /// The same broker, with another address told to producers and consumers.
  public KafkaNode advertised(String clientAddress) {
    return new KafkaNode(
        id, clientPort, peerPort, controllerPort, clientAddress, peerAddress, controllerAddress);
  }

  private static String loopback(int port) {
    return "127.0.0.1:" + port;
  }
}
