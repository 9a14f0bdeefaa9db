package dev.parley.gateway.feed;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.session.Recipient;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Reads what a session has missed, one page at a time and conversation by conversation, as fast as
/// the session takes it: the next page is asked for when the session's queue has room, and sent
/// when it still has. Only from the question to the answer are a conversation's live events kept
/// for it; those that pass while the session takes its time are read like the others. Confined to
/// the session's loop.
final class CatchUp {
  /// Events asked for at once.
  static final int PAGE = 200;

  /// Bytes sent before the session's queue is looked at again: well below what it may hold.
  private static final int PORTION_BYTES = 128 << 10;

  private static final Duration FIRST_RETRY = Duration.ofMillis(250);
  private static final Duration LAST_RETRY = Duration.ofSeconds(4);

  private final Recipient recipient;
  private final FeedPorts ports;
  private final ArrayDeque<Subscription> queue = new ArrayDeque<>(0);
  private Duration retry = FIRST_RETRY;
  private boolean busy;
  private boolean parked;
  private boolean closed;

  CatchUp(Recipient recipient, FeedPorts ports) {
    this.recipient = recipient;
    this.ports = ports;
  }

  /// Queues a subscription that has events to read.
  void add(Subscription subscription) {
    queue.addLast(subscription);
    next();
  }

  void close() {
    closed = true;
    queue.clear();
  }

  private void next() {
    while (!busy && !closed) {
      Subscription subscription = queue.pollFirst();
      if (subscription == null) {
        return;
      }
      if (subscription.catchingUp()) {
        busy = true;
        recipient.whenDrained(() -> read(subscription));
      }
    }
  }

  private void read(Subscription subscription) {
    if (!subscription.catchingUp() || subscription.feed().covers(subscription.position())) {
      done(subscription);
      return;
    }
    ports.metrics().catchUp();
    subscription.waits(true);
    long known = subscription.feed().feed().known();
    ports
        .log()
        .missed(recipient.user(), subscription.feed().conversation(), subscription.position(), PAGE)
        .whenCompleteAsync(
            (page, problem) -> came(subscription, known, page, problem), recipient.loop());
  }

  private void came(
      Subscription subscription,
      long known,
      LogClient.@Nullable Page page,
      @Nullable Throwable problem) {
    if (page != null && !page.lines().isEmpty() && page.first() <= subscription.position() + 1) {
      retry = FIRST_RETRY;
      // What else it asked for may have come first.
      whenRoom(subscription, () -> send(subscription, page, 0));
      return;
    }
    subscription.waits(false);
    if (subscription.catchingUp()
        && problem != null
        && Problems.refusal(problem).code() == ErrorCode.NOT_FOUND) {
      subscription.refuse(known);
    }
    if (!subscription.catchingUp()) {
      done(subscription);
    } else {
      Duration pause = retry;
      retry = retry.multipliedBy(2).compareTo(LAST_RETRY) > 0 ? LAST_RETRY : retry.multipliedBy(2);
      ports
          .timer()
          .after(
              pause,
              () ->
                  recipient.loop().execute(() -> recipient.whenDrained(() -> read(subscription))));
    }
  }

  private void send(Subscription subscription, LogClient.Page page, int from) {
    int bytes = 0;
    for (int i = from; i < page.lines().size(); i++) {
      if (!subscription.catchingUp() || subscription.feed().covers(subscription.position())) {
        break;
      }
      if (page.first() + i <= subscription.position()) {
        continue;
      }
      if (bytes > PORTION_BYTES) {
        int next = i;
        whenRoom(subscription, () -> send(subscription, page, next));
        return;
      }
      FeedEvent event =
          FeedEvent.ofRead(
              subscription.feed().conversation(), page.first() + i, page.lines().get(i));
      bytes += event.frame().size();
      subscription.deliverRead(event);
    }
    done(subscription);
  }

  private void whenRoom(Subscription subscription, Runnable send) {
    parked = true;
    recipient.whenDrained(() -> {
      parked = false;
      send.run();
    });
    if (parked) {
      subscription.waits(false);
    }
  }

  private void done(Subscription subscription) {
    busy = false;
    subscription.advance();
    next();
  }
}
