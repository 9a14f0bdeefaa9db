package dev.parley.gateway.transport.websocket;

import dev.parley.contracts.json.JsonText;
import dev.parley.gateway.transport.Frame;
import dev.parley.gateway.transport.Inlet;
import dev.parley.gateway.transport.Outlet;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/// Sessions that send back what they get, and that tests can look at.
@Alternative
@Singleton
public final class TestAcceptor implements Inlet.Acceptor {
  private final BlockingQueue<Session> accepted = new LinkedBlockingQueue<>();

  /// One connection as its session sees it.
  static final class Session implements Inlet {
    final Outlet outlet;
    final String token;
    final String address;
    final List<byte[]> received = Collections.synchronizedList(new ArrayList<>());
    final AtomicInteger ended = new AtomicInteger();
    volatile boolean echo = true;

    Session(Outlet outlet, String token, String address) {
      this.outlet = outlet;
      this.token = token;
      this.address = address;
    }

    @Override
    public void received(byte[] utf8) {
      if (ended.get() > 0) {
        throw new AssertionError("a message after the end");
      }
      received.add(utf8);
      if (echo) {
        outlet.write(Frame.of(JsonText.of(utf8)));
      }
    }

    @Override
    public void ended() {
      ended.incrementAndGet();
    }

    void write(String text) {
      Frame frame = Frame.of(JsonText.of(text));
      outlet.loop().execute(() -> outlet.write(frame));
    }
  }

  @Override
  public Inlet accept(Outlet outlet, String bearerToken, String address) {
    Session session = new Session(outlet, bearerToken, address);
    accepted.add(session);
    return session;
  }

  /// The session of the connection that was opened last.
  Session session() {
    return session(any -> true);
  }

  /// The next session of this kind. Clients hear of the upgrade before the session is accepted, so
  /// one of an earlier test may still come in.
  Session session(Predicate<Session> kind) {
    try {
      Session session;
      do {
        session = accepted.poll(60, TimeUnit.SECONDS);
        if (session == null) {
          throw new AssertionError("no such session was accepted");
        }
      } while (!kind.test(session));
      return session;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Forgets the sessions of other tests.
  void clear() {
    accepted.clear();
  }
}
