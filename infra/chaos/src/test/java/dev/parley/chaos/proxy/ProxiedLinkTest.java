package dev.parley.chaos.proxy;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.parley.servers.Ports;
import io.netty.channel.nio.NioEventLoopGroup;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProxiedLinkTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  private final NioEventLoopGroup loops = new NioEventLoopGroup(1);
  private final int port = Ports.free();
  private ServerSocket echo;
  private ProxiedLink link;

  @BeforeEach
  void open() throws Exception {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::accept);
    link = new ProxiedLink("a to b", port, echo.getLocalPort(), loops);
  }

  @AfterEach
  void close() throws Exception {
    link.close();
    echo.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
  }

  @Test
  void aWholeLinkPassesEverythingOn() throws Exception {
    byte[] much = new byte[3 << 20];
    new Random(1).nextBytes(much);
    try (Socket client = connect()) {
      Thread.ofVirtual().start(() -> write(client, much));
      assertArrayEquals(much, client.getInputStream().readNBytes(much.length));
    }
  }

  @Test
  void theEndOfOneSideIsTheEndOfTheOther() throws Exception {
    try (Socket client = connect()) {
      say(client, 1);
      echo.close();
      client.getOutputStream().write(ByeBye.BYTE);
      assertEquals(-1, client.getInputStream().read());
    }
  }

  @Test
  void aCutLinkClosesAndRefusesUntilItIsWhole() throws Exception {
    try (Socket client = connect()) {
      say(client, 1);
      link.put(new Condition.Cut());
      assertEquals(-1, client.getInputStream().read());
      assertThrows(ConnectException.class, this::connect);
      link.put(Condition.WHOLE);
      try (Socket next = connect()) {
        say(next, 2);
      }
    }
  }

  @Test
  void resetsComeAsResetsAndAgain() throws Exception {
    try (Socket client = connect()) {
      say(client, 1);
      link.put(new Condition.Resets(Duration.ofMillis(200)));
      assertThrows(SocketException.class, () -> client.getInputStream().read());
    }
    try (Socket next = connect()) {
      assertThrows(SocketException.class, () -> next.getInputStream().read());
    }
  }

  @Test
  void delayIsAddedInBothDirectionsAndKeepsTheOrder() throws Exception {
    try (Socket client = connect()) {
      say(client, 1);
      link.put(new Condition.Slow(Duration.ofMillis(150)));
      long before = System.nanoTime();
      say(client, 2);
      assertTrue(System.nanoTime() - before >= 300_000_000L);
      client.getOutputStream().write(3);
      link.put(Condition.WHOLE);
      say(client, 4, 3);
    }
  }

  @Test
  void aHalfOpenLinkTakesEverythingAndAnswersNothing() throws Exception {
    try (Socket before = connect()) {
      say(before, 1);
      link.put(new Condition.HalfOpen());
      before.getOutputStream().write(2);
      before.setSoTimeout(300);
      assertThrows(SocketTimeoutException.class, () -> before.getInputStream().read());
      try (Socket meanwhile = connect()) {
        meanwhile.getOutputStream().write(3);
        meanwhile.setSoTimeout(300);
        assertThrows(SocketTimeoutException.class, () -> meanwhile.getInputStream().read());
        await().atMost(LONG).until(() -> link.connections() == 2);
        // From here on the end is awaited, which takes as long as it takes.
        before.setSoTimeout((int) LONG.toMillis());
        meanwhile.setSoTimeout((int) LONG.toMillis());
        link.put(Condition.WHOLE);
        assertThrows(SocketException.class, () -> meanwhile.getInputStream().read());
      }
      // What was swallowed cannot be made up for: the connection ends with the fault.
      assertThrows(SocketException.class, () -> before.getInputStream().read());
    }
  }

  @Test
  void whoLeavesAHalfOpenLinkIsNotForgotten() throws Exception {
    Socket client = connect();
    say(client, 1);
    link.put(new Condition.HalfOpen());
    client.close();
    assertEquals(1, link.connections());
    link.put(Condition.WHOLE);
    await().atMost(LONG).until(() -> link.connections() == 0);
  }

  @Test
  void aDripPassesSoManyBytesASecond() throws Exception {
    byte[] some = new byte[2_000];
    new Random(2).nextBytes(some);
    try (Socket client = connect()) {
      say(client, 1);
      link.put(new Condition.Drip(2_000));
      long before = System.nanoTime();
      client.getOutputStream().write(some);
      assertArrayEquals(some, client.getInputStream().readNBytes(some.length));
      double seconds = (System.nanoTime() - before) / 1e9;
      assertTrue(seconds > 0.7, "took " + seconds + " s");
      link.put(Condition.WHOLE);
      say(client, 3);
    }
  }

  /// A byte after which the server closes.
  private static final class ByeBye {
    static final int BYTE = 255;
  }

  private Socket connect() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), port);
  }

  private static void say(Socket client, int value, int... before) throws IOException {
    client.getOutputStream().write(value);
    for (int earlier : before) {
      assertEquals(earlier, client.getInputStream().read());
    }
    assertEquals(value, client.getInputStream().read());
  }

  private static void write(Socket client, byte[] bytes) {
    try {
      client.getOutputStream().write(bytes);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void accept() {
    while (!echo.isClosed()) {
      try {
        Socket accepted = echo.accept();
        Thread.ofVirtual().start(() -> answer(accepted));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void answer(Socket socket) {
    byte[] buffer = new byte[8_192];
    try (socket) {
      int read = socket.getInputStream().read(buffer);
      while (read > 0 && !(read == 1 && (buffer[0] & 0xff) == ByeBye.BYTE)) {
        socket.getOutputStream().write(buffer, 0, read);
        read = socket.getInputStream().read(buffer);
      }
    } catch (IOException gone) {
      // As a server would see it.
    }
  }
}
