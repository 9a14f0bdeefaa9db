package dev.parley.auth.limits;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {
  private final ClientAddress addresses =
      new ClientAddress(
          List.of(Network.parse("127.0.0.0/8"), Network.parse("::1"), Network.parse("10.0.0.0/8")));

  @ParameterizedTest
  @CsvSource({
    // No proxy: what the client says of itself counts for nothing.
    "198.51.100.7, 1.2.3.4, 198.51.100.7",
    // Behind one: the last address, which the proxy wrote.
    "127.0.0.1, 198.51.100.7, 198.51.100.7",
    "127.0.0.1, '6.6.6.6, 198.51.100.7', 198.51.100.7",
    "127.9.9.9, 198.51.100.7, 198.51.100.7",
    // Behind two.
    "127.0.0.1, '6.6.6.6, 198.51.100.7, 10.1.2.3', 198.51.100.7",
    // All trusted, or nothing that makes sense: as far as it goes.
    "127.0.0.1, 10.1.2.3, 10.1.2.3",
    "127.0.0.1, '', 127.0.0.1",
    "127.0.0.1, 'localhost', 127.0.0.1",
    "127.0.0.1, '198.51.100.7, unknown', 127.0.0.1",
    // One subscriber has a whole /64.
    "::1, 2001:db8:1:2:3:4:5:6, 20010db800010002/64",
    "2001:db8:1:2:ffff::1, '', 20010db800010002/64"
  })
  void theClientIsTheFirstThatNoTrustedProxyVouchesFor(
      String peer, String forwardedFor, String client) {
    assertEquals(client, addresses.of(peer, forwardedFor));
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", ""})
  void whatIsNoNetworkIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> Network.parse(text));
  }

  @Test
  void aNetworkHoldsItsAddresses() {
    Network network = Network.parse("10.1.2.128/25");
    assertTrue(network.contains(InetAddress.ofLiteral("10.1.2.200")));
    assertFalse(network.contains(InetAddress.ofLiteral("10.1.2.100")));
    assertFalse(network.contains(InetAddress.ofLiteral("::1")));
  }
}
