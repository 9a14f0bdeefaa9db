package dev.parley.chaos.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.chaos.history.Link;
import dev.parley.chaos.history.Push;
import io.netty.channel.EventLoop;
import java.net.URI;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A device's connection: made again whenever it is lost, with what was seen as `resume`, and given
/// up when nothing comes. On the device's event loop but for [#live].
final class Connection implements Wire.Ears {
  private static final long LOOK_MILLIS = 5_000;
  private static final long SILENCE_MICROS = TimeUnit.SECONDS.toMicros(10);
  private static final long LOST_MICROS = TimeUnit.SECONDS.toMicros(25);

  private final Desk desk;
  private final Login login;
  private final String label;
  private final URI socket;
  private final EventLoop loop;
  private final Frames frames;
  private final Retry retry;
  private final Set<Long> pings = new HashSet<>();
  private final Set<Long> refreshes = new HashSet<>();
  private @Nullable Wire wire;
  private Map<UUID, Long> resume = Map.of();
  private long connectId;
  private long heardAt;
  private boolean waitsForToken;
  private boolean finished;
  private volatile boolean live;

  Connection(Desk desk, Login login, String label, URI socket, EventLoop loop, Frames frames) {
    this.desk = desk;
    this.login = login;
    this.label = label;
    this.socket = socket;
    this.loop = loop;
    this.frames = frames;
    this.retry = new Retry(desk.random());
  }

  /// Whether there is an open session. Any thread.
  boolean live() {
    return live;
  }

  /// Connects, if there is no connection and none is being made.
  void connect() {
    if (finished || wire != null) {
      return;
    }
    if (login.access() == null) {
      waitsForToken = true;
      login.renew();
      return;
    }
    resume = desk.positions().resume();
    desk.write(new Link.Connect(true, resume));
    wire = Wire.open(socket, loop, this);
  }

  /// There is a new token.
  void renewed(String token) {
    if (waitsForToken) {
      waitsForToken = false;
      connect();
    } else if (live) {
      long id = desk.nextId();
      refreshes.add(id);
      say(Json.object().put("id", id).put("type", "refresh").put("token", token));
    }
  }

  /// `connected` was heard.
  void established() {
    live = true;
    retry.succeeded();
  }

  /// Whether this takes the error that answers command `id`.
  boolean refused(long id, ObjectNode error) {
    if (id == connectId && !live) {
      if (error.path("code").asText().equals("unauthenticated")) {
        login.expired();
      }
      retry.asked(Json.optionalNumber(error, "retryAfter"));
      return true;
    }
    if (refreshes.remove(id)) {
      login.expired();
      return true;
    }
    return pings.remove(id);
  }

  /// Whether this asked for the pong that answers command `id`.
  boolean ponged(long id) {
    return pings.remove(id);
  }

  void say(ObjectNode frame) {
    if (wire != null) {
      wire.say(frame.toString());
    }
  }

  /// Reads, or does not.
  void reading(boolean reads) {
    if (wire != null && live) {
      wire.reading(reads);
      heardAt = desk.now();
    }
  }

  /// Loses its connection, and comes back after a while.
  void lose(long backMillis) {
    if (wire != null && live) {
      desk.write(new Link.Cut());
      if (desk.random().nextBoolean()) {
        wire.tear();
      } else {
        wire.leave();
      }
      disconnected();
      desk.later(backMillis, this::connect);
    }
  }

  /// Leaves for good.
  void finish() {
    finished = true;
    live = false;
    if (wire != null) {
      wire.leave();
    }
  }

  /// A connection on which nothing has come for long is asked for a sign of life, and then given
  /// up.
  ///
  /// @param reads whether the device reads at all just now
  void watch(BooleanSupplier reads, Runnable before) {
    desk.later(
        LOOK_MILLIS,
        () -> {
          if (!finished && wire != null) {
            before.run();
            look(reads.getAsBoolean());
          }
          watch(reads, before);
        });
  }

  private void look(boolean reads) {
    long silence = desk.now() - heardAt;
    if (!live || !reads) {
      return;
    }
    if (silence > LOST_MICROS) {
      lose(retry.after(1006, null));
    } else if (silence > SILENCE_MICROS) {
      long id = desk.nextId();
      pings.add(id);
      say(Json.object().put("id", id).put("type", "ping"));
    }
  }

  @Override
  public void opened() {
    connectId = desk.nextId();
    heardAt = desk.now();
    ObjectNode connect =
        Json.object()
            .put("id", connectId)
            .put("type", "connect")
            .put("token", login.access())
            .put("device", label)
            .put("subscribe", "all");
    ObjectNode seen = connect.putObject("resume");
    resume.forEach((conversation, seq) -> seen.put(conversation.toString(), seq));
    say(connect);
  }

  @Override
  public void heard(String text) {
    heardAt = desk.now();
    for (String line : text.lines().toList()) {
      if (!line.isEmpty() && wire != null) {
        ObjectNode frame = Json.parse(line);
        try {
          if (frame == null) {
            odd("no object: " + line);
          } else {
            frames.take(frame);
          }
        } catch (RuntimeException e) {
          odd(e + " in " + line);
        }
      }
    }
  }

  @Override
  public void odd(String what) {
    desk.write(new Push.Odd(what.length() > 500 ? what.substring(0, 500) : what));
  }

  @Override
  public void ended(int code, @Nullable String reason) {
    desk.write(new Link.Closed(code, reason));
    if (code == 4400 || code == 4403) {
      odd("closed with " + code + " " + reason);
    }
    disconnected();
    if (code == 4401) {
      login.expired();
    }
    desk.later(retry.after(code, reason), this::connect);
  }

  private void disconnected() {
    wire = null;
    live = false;
    pings.clear();
    refreshes.clear();
    frames.disconnected();
  }
}
