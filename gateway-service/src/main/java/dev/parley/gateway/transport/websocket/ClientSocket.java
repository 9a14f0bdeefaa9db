package dev.parley.gateway.transport.websocket;

import dev.parley.gateway.transport.Inlet;
import io.quarkus.websockets.next.InboundProcessingMode;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;

/// The endpoint: once Quarkus has done the handshake, the connection that [UpgradeGate] admitted
/// does the rest. Concurrent, since with no callbacks to serialise a queue a session is waste.
@WebSocket(path = "/ws", inboundProcessingMode = InboundProcessingMode.CONCURRENT)
public class ClientSocket {
  private final Inlet.Acceptor acceptor;

  ClientSocket(Inlet.Acceptor acceptor) {
    this.acceptor = acceptor;
  }

  @OnOpen
  @NonBlocking
  void opened(WebSocketConnection socket) {
    Admission admission = socket.userData().remove(UpgradeGate.ADMISSION);
    admission.connection().open(acceptor, admission.bearerToken(), admission.address());
  }
}
