package dev.parley.gateway.transport.websocket;

import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.Outlet;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/// Sessions that send every message back, text or binary, and hear no more while their client does
/// not read. What is under them is production's; see [PipelineText].
@Alternative
@Singleton
public final class Echo implements Inlet.Acceptor {
  private static final int CREDIT = 64 * 1024;

  @Override
  public Inlet accept(Outlet outlet, String bearerToken, String address) {
    return new Inlet() {
      @Override
      public void received(byte[] utf8) {
        send(Frame.of(JsonText.of(utf8)));
      }

      @Override
      public boolean takesBinary() {
        return true;
      }

      @Override
      public void receivedBinary(byte[] message) {
        send(Frame.binary(message));
      }

      @Override
      public void ended() {}

      private void send(Frame frame) {
        outlet.write(frame);
        if (outlet.queuedBytes() > CREDIT) {
          outlet.pauseReading();
          outlet.whenDrained(outlet::resumeReading);
        }
      }
    };
  }
}
