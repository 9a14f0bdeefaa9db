package dev.parley.messages.fanout;

import dev.parley.contracts.delivery.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jboss.logging.Logger;

/// Tells all gateways the heads of what changed lately and who joined, on a thread of its own:
/// where a record of an event was lost (routes that were wrong, a topic that was lost), a gateway
/// finds it within seconds. Nothing changed, nothing is told; the database is not asked.
final class HeadsBeat {
  private static final Logger LOG = Logger.getLogger(HeadsBeat.class);

  /// Changes in one record: some 100 to 200 KB.
  private static final int MOST = 2_000;

  private final LatelyChanged lately;
  private final Fanout fanout;
  private final Duration every;
  private final Thread thread = Thread.ofVirtual().name("heads").unstarted(this::run);

  HeadsBeat(LatelyChanged lately, Fanout fanout, Duration every) {
    this.lately = lately;
    this.fanout = fanout;
    this.every = every;
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(every);
        try {
          tell();
        } catch (RuntimeException e) {
          LOG.warn("heads were not told; they are told again later", e);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("asked to stop");
    }
  }

  void tell() {
    List<Outgoing> outgoing = new ArrayList<>();
    Map<UUID, Long> heads = new HashMap<>();
    List<Delivery.Joined> joined = new ArrayList<>();
    for (Map.Entry<LatelyChanged.Subject, Long> change : lately.due(System.nanoTime()).entrySet()) {
      LatelyChanged.Subject subject = change.getKey();
      if (subject.joined() == null) {
        heads.put(subject.conversation(), change.getValue());
      } else {
        joined.add(
            new Delivery.Joined(subject.conversation(), subject.joined(), change.getValue()));
      }
      if (heads.size() + joined.size() == MOST) {
        outgoing.add(new Outgoing(new Delivery.Heads(heads, joined), null));
        heads.clear();
        joined.clear();
      }
    }
    if (!heads.isEmpty() || !joined.isEmpty()) {
      outgoing.add(new Outgoing(new Delivery.Heads(heads, joined), null));
    }
    var _ = fanout.deliver(outgoing);
  }
}
