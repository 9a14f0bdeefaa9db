package dev.parley.gateway.feed;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.delivery.ReplyAddress;
import dev.parley.contracts.routing.Route;
import dev.parley.contracts.routing.SlotAddress;
import dev.parley.gateway.transport.Frame;
import dev.parley.runtime.logging.About;
import dev.parley.runtime.trace.Spans;
import dev.parley.runtime.trail.Step;
import io.opentelemetry.api.trace.Span;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Brings each delivery to the loops whose sessions want it.
final class Fanout implements Deliveries {
  private static final long ROOM_LOOK_NANOS = 500_000;

  private final FeedPorts ports;
  private final Tails tails;
  private final MissedJoins joins;

  // What the records of the batch that comes next carry; only sampled events are in it.
  private final Map<Place, String> traces = new HashMap<>();

  private record Place(UUID conversation, long seq) {}

  Fanout(FeedPorts ports) {
    this.ports = ports;
    this.tails = new Tails(ports);
    this.joins = new MissedJoins(ports);
  }

  @Override
  public int accept(List<Delivery> batch, SlotAddress here) {
    Set<LoopFanout> touched = new HashSet<>();
    int wasted = 0;
    for (Delivery delivery : batch) {
      wasted += wanted(delivery, here, touched) ? 0 : 1;
    }
    traces.clear();
    touched.forEach(LoopFanout::flush);
    touched.forEach(Fanout::awaitRoom);
    return wasted;
  }

  @Override
  public void traced(UUID conversation, long seq, String traceparent) {
    if (ports.spans().on()) {
      traces.put(new Place(conversation, seq), traceparent);
    }
  }

  private @Nullable WriteSpan span(Delivery.Event event) {
    if (traces.isEmpty()) {
      return null;
    }
    String above = traces.get(new Place(event.conversation(), event.seq()));
    Span span = ports.spans().below(above, "write", Spans.now());
    return span == null ? null : new WriteSpan(span, event);
  }

  // One that cannot be handled must not take the rest of the batch with it; what it told is in the
  // log, where the next event or the comparison of heads finds it.
  private boolean wanted(Delivery delivery, SlotAddress here, Set<LoopFanout> touched) {
    try {
      return switch (delivery) {
        case Delivery.Event event -> event(event, here, touched);
        case Delivery.Reply reply -> reply(reply, here, touched);
        case Delivery.Push push -> push(push, touched);
        case Delivery.Heads heads -> {
          tails.told(heads.heads());
          joins.told(heads.joined());
          // Told to every gateway on purpose: no record that went astray.
          yield true;
        }
      };
    } catch (RuntimeException e) {
      if (delivery instanceof Delivery.Event event) {
        try (About _ = About.conversation(event.conversation())) {
          ports.metrics().failed(e);
        }
      } else {
        ports.metrics().failed(e);
      }
      return true;
    }
  }

  @Override
  public CompletionStage<Void> compareAll() {
    return tails.compare().thenCompose(done -> joins.compare());
  }

  @Override
  public void closeAll(CloseCode code, String reason) {
    for (LoopFanout loop : ports.loops().all()) {
      loop.executor().execute(() -> loop.closeAll(code, reason));
    }
  }

  private boolean event(Delivery.Event event, SlotAddress here, Set<LoopFanout> touched) {
    LoopFanout owner = owner(event.reply(), here);
    OwedReply owed = owner == null ? null : OwedReply.of(event);
    Feed feed = ports.feeds().find(event.conversation());
    Step step = owner == null ? Step.UNWANTED : Step.REPLY_ONLY;
    if (feed != null) {
      boolean fresh = feed.offer(FeedEvent.of(event, owed, span(event)), touched);
      if (!fresh) {
        ports.metrics().duplicate();
      }
      step = fresh ? Step.ARRIVED : Step.DUPLICATE;
      ports.repair().check(feed);
    } else if (owner != null && owed != null) {
      owner.queueOwed(owed);
      touched.add(owner);
    }
    ports.trail().event(step, event.conversation(), event.seq(), System.currentTimeMillis(), 0, 0);
    return membership(event, touched) || feed != null || owner != null;
  }

  private boolean membership(Delivery.Event event, Set<LoopFanout> touched) {
    FeedEvent.Change change =
        switch (event.kind()) {
          case "joined" -> FeedEvent.Change.JOINED;
          case "left" -> FeedEvent.Change.GONE;
          default -> FeedEvent.Change.NONE;
        };
    if (change == FeedEvent.Change.NONE || event.member() == null) {
      return false;
    }
    Set<LoopFanout> loops = ports.interests().loops(Route.user(event.member()));
    for (LoopFanout loop : loops) {
      loop.queueMembership(event.conversation(), event.seq(), change, event.member());
      touched.add(loop);
    }
    return !loops.isEmpty();
  }

  private boolean reply(Delivery.Reply reply, SlotAddress here, Set<LoopFanout> touched) {
    LoopFanout owner = owner(reply.to(), here);
    if (owner == null) {
      return false;
    }
    owner.queueReply(reply);
    touched.add(owner);
    return true;
  }

  private boolean push(Delivery.Push push, Set<LoopFanout> touched) {
    Collection<LoopFanout> loops = loops(push.target());
    if (loops.isEmpty()) {
      return false;
    }
    Frame frame = Frame.of(push.json());
    for (LoopFanout loop : loops) {
      loop.queuePush(push, frame);
      touched.add(loop);
    }
    return true;
  }

  private Collection<LoopFanout> loops(Route target) {
    if (target.kind() != Route.Kind.CONVERSATION) {
      return ports.interests().loops(target);
    }
    Feed feed = ports.feeds().find(target.id());
    return feed == null ? List.of() : feed.attached().stream().map(LoopFeed::loop).toList();
  }

  private @Nullable LoopFanout owner(@Nullable ReplyAddress reply, SlotAddress here) {
    return reply == null || !reply.gateway().equals(here)
        ? null
        : ports.loops().ofSession(reply.session());
  }

  // Kafka keeps what is not read yet: waiting here is how a loop that has too much to do says so.
  private static void awaitRoom(LoopFanout loop) {
    while (loop.crowded() && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(ROOM_LOOK_NANOS);
    }
  }
}
