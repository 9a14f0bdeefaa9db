package dev.parley.gateway.feed;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.session.Refusal;
import dev.parley.gateway.transport.Frame;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// Makes one session's subscriptions, on its client's word or because its user has joined. Confined
/// to the session's loop.
final class Joining {
  /// Subscriptions of one session.
  static final int MOST = 5000;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Listener listener;
  private final LoopFanout loop;
  private final FeedPorts ports;
  private final List<Ask> asks = new ArrayList<>(0);

  /// A subscription that its client asked for and that is being made.
  private static final class Ask {
    private final UUID conversation;
    private boolean cancelled;

    Ask(UUID conversation) {
      this.conversation = conversation;
    }
  }

  Joining(Listener listener, LoopFanout loop, FeedPorts ports) {
    this.listener = listener;
    this.loop = loop;
    this.ports = ports;
  }

  /// As [Subscriptions#subscribe].
  CompletionStage<Subscriptions.Prepared> subscribe(UUID conversation, OptionalLong after) {
    if (listener.subscribed() + asks.size() >= MOST
        && listener.subscription(conversation) == null) {
      return CompletableFuture.failedStage(
          new Refusal(
              ErrorCode.CONFLICT, "A session has at most " + MOST + " subscriptions; end some."));
    }
    CompletableFuture<Subscriptions.Prepared> answer = new CompletableFuture<>();
    Ask ask = new Ask(conversation);
    asks.add(ask);
    LoopFeed feed = loop.hold(conversation);
    new Heads(ports)
        .read(listener.recipient().user(), List.of(feed), loop.executor())
        .whenComplete((heads, problem) -> {
          asks.remove(ask);
          try {
            answer.complete(
                prepare(ask, feed, after, heads == null ? null : heads.get(conversation), problem));
          } catch (Refusal refusal) {
            answer.completeExceptionally(refusal);
          } finally {
            feed.release();
          }
        });
    return answer;
  }

  private Subscriptions.Prepared prepare(
      Ask ask,
      LoopFeed feed,
      OptionalLong after,
      @Nullable Long head,
      @Nullable Throwable problem) {
    if (problem != null) {
      throw Problems.refusal(problem);
    }
    if (listener.closed() || ask.cancelled) {
      throw new Refusal(ErrorCode.CONFLICT, "The subscription was ended before it was made.");
    }
    if (head == null || listener.memberships().leftAfter(ask.conversation, head)) {
      throw new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation.");
    }
    Beginning beginning = Beginning.of(ask.conversation, after, head, Beginning.MOST_MISSED);
    Subscription subscription = listener.subscribe(feed, beginning.position(), head);
    return new Subscriptions.Prepared(head, () -> start(subscription, beginning));
  }

  /// Begins to push, unless it was ended in the meantime.
  static void start(Subscription subscription, Beginning beginning) {
    if (!subscription.ended()) {
      Frame behind = beginning.behind();
      if (behind != null) {
        subscription.listener().recipient().send(behind);
      }
      subscription.start();
    }
  }

  /// Cancels what the client asked for and is being made.
  void cancel(UUID conversation) {
    for (Ask ask : asks) {
      if (ask.conversation.equals(conversation)) {
        ask.cancelled = true;
      }
    }
  }

  /// The user has joined with event `seq`: the session is told and, from there on, subscribed. It
  /// is not told when the user is by now no member any more, nor when a later change was noticed.
  void join(UUID conversation, long seq) {
    if (listener.subscribed() + asks.size() >= MOST) {
      listener.recipient().send(Wire.joined(conversation, seq));
      return;
    }
    LoopFeed feed = loop.hold(conversation);
    new Heads(ports)
        .read(listener.recipient().user(), List.of(feed), loop.executor())
        .thenCompose(this::ofMember)
        .whenCompleteAsync(
            (heads, problem) -> {
              try {
                if (!listener.closed()) {
                  joined(feed, seq, heads == null ? null : heads.get(conversation), problem);
                }
              } finally {
                feed.release();
              }
            },
            loop.executor());
  }

  /// Those of `heads` whose conversations the user is a member of after they were read. Groups are
  /// read by members alone, but who has left a channel reads it like anybody.
  private CompletionStage<Map<UUID, Long>> ofMember(Map<UUID, Long> heads) {
    if (heads.isEmpty()) {
      return CompletableFuture.completedStage(heads);
    }
    return ports
        .log()
        .memberships(listener.recipient().user(), Opening.MOST_CONVERSATIONS)
        .thenApply(now -> {
          Map<UUID, Long> of = new HashMap<>(heads);
          if (!now.truncated()) {
            of.keySet().retainAll(now.conversations().keySet());
          }
          return of;
        });
  }

  private void joined(LoopFeed feed, long seq, @Nullable Long head, @Nullable Throwable problem) {
    UUID conversation = feed.conversation();
    if (listener.memberships().changedAfter(conversation, seq)) {
      // It was told what happened since, or is being subscribed for that.
      return;
    }
    Subscription subscription = listener.subscription(conversation);
    if (subscription != null) {
      subscription.joinedAt(seq);
    } else if (problem != null) {
      ports.timer().after(RETRY, () -> loop.executor().execute(() -> again(conversation, seq)));
    } else if (head != null) {
      listener.recipient().send(Wire.joined(conversation, seq));
      Beginning beginning =
          Beginning.of(
              conversation, OptionalLong.of(Math.min(seq, head)), head, Beginning.MOST_MISSED);
      start(listener.subscribe(feed, beginning.position(), head), beginning);
    }
  }

  private void again(UUID conversation, long seq) {
    if (!listener.closed() && !listener.memberships().changedAfter(conversation, seq)) {
      join(conversation, seq);
    }
  }
}
