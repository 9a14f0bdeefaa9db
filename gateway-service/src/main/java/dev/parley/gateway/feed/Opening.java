package dev.parley.gateway.feed;

import dev.parley.contracts.routing.Route;
import dev.parley.gateway.log.LogClient;
import dev.parley.gateway.session.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Prepares a new session: the user's route is recorded, then memberships are read, then interests
/// are recorded, then heads are read. What a user joins in between is told by the route.
final class Opening {
  /// Conversations that `subscribe: all` subscribes at once.
  static final int MOST_CONVERSATIONS = 1000;

  private final Listener listener;
  private final LoopFanout loop;
  private final FeedPorts ports;

  Opening(Listener listener, LoopFanout loop, FeedPorts ports) {
    this.listener = listener;
    this.loop = loop;
    this.ports = ports;
  }

  CompletionStage<Subscriptions.Opened> open(boolean all, Map<UUID, Long> resume) {
    UUID user = listener.recipient().user();
    CompletableFuture<Subscriptions.Opened> answer = new CompletableFuture<>();
    ports
        .interests()
        .add(Route.user(user), loop)
        .thenCompose(done ->
            all
                ? ports.log().memberships(user, MOST_CONVERSATIONS)
                : CompletableFuture.completedStage(LogClient.Memberships.NONE))
        .whenCompleteAsync(
            (memberships, problem) -> {
              if (problem == null) {
                subscribe(memberships, resume, answer);
              } else {
                answer.completeExceptionally(Problems.refusal(problem));
              }
            },
            loop.executor());
    return answer;
  }

  private void subscribe(
      LogClient.Memberships memberships,
      Map<UUID, Long> resume,
      CompletableFuture<Subscriptions.Opened> answer) {
    if (listener.closed()) {
      answer.completeExceptionally(ended());
      return;
    }
    SequencedSet<UUID> conversations = new LinkedHashSet<>(memberships.conversations().keySet());
    conversations.addAll(resume.keySet());
    List<LoopFeed> feeds = conversations.stream().map(loop::hold).toList();
    CompletionStage<Map<UUID, Long>> heads =
        feeds.isEmpty()
            ? CompletableFuture.completedStage(Map.of())
            : new Heads(ports).read(listener.recipient().user(), feeds, loop.executor());
    heads.whenComplete((found, problem) -> {
      try {
        if (problem != null) {
          answer.completeExceptionally(Problems.refusal(problem));
        } else if (listener.closed()) {
          answer.completeExceptionally(ended());
        } else {
          answer.complete(opened(feeds, found, resume, memberships));
        }
      } finally {
        feeds.forEach(LoopFeed::release);
      }
    });
  }

  private Subscriptions.Opened opened(
      List<LoopFeed> feeds,
      Map<UUID, Long> heads,
      Map<UUID, Long> resume,
      LogClient.Memberships memberships) {
    List<Subscriptions.Head> listed = new ArrayList<>(feeds.size());
    Map<Subscription, Beginning> beginnings = HashMap.newHashMap(feeds.size());
    List<UUID> refused = new ArrayList<>(0);
    long room = Beginning.MOST_MISSED_IN_ALL;
    for (LoopFeed feed : feeds) {
      UUID conversation = feed.conversation();
      Long head = heads.get(conversation);
      Long had = resume.get(conversation);
      if (head != null) {
        OptionalLong after = had == null ? OptionalLong.empty() : OptionalLong.of(had);
        Beginning beginning = Beginning.of(conversation, after, head, room);
        room -= head - beginning.position();
        Subscription subscription = listener.subscribe(feed, beginning.position(), head);
        if (memberships.conversations().containsKey(conversation)) {
          subscription.listed();
        }
        beginnings.put(subscription, beginning);
        listed.add(new Subscriptions.Head(conversation, head));
      } else if (had != null) {
        refused.add(conversation);
      }
    }
    return new Subscriptions.Opened(
        List.copyOf(listed), memberships.truncated(), () -> start(beginnings, refused));
  }

  private static Refusal ended() {
    return Refusal.unavailable("The session has ended.");
  }

  private void start(Map<Subscription, Beginning> beginnings, List<UUID> refused) {
    if (!listener.closed()) {
      refused.forEach(
          conversation -> listener.memberships().left(conversation, OptionalLong.empty()));
      beginnings.forEach(Joining::start);
      listener.start();
    }
  }
}
