package dev.parley.gateway.feed;

import dev.parley.contracts.routing.Route;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.session.Refusal;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// What sessions ask, brought to their loop's part of fan-out.
final class LiveSubscriptions implements Subscriptions {
  private final FeedPorts ports;

  LiveSubscriptions(FeedPorts ports) {
    this.ports = ports;
  }

  @Override
  public CompletionStage<Opened> open(Recipient recipient, boolean all, Map<UUID, Long> resume) {
    LoopFanout loop = loop(recipient);
    Listener listener = loop.open(recipient);
    return new Opening(listener, loop, ports).open(all, resume);
  }

  @Override
  public CompletionStage<Prepared> subscribe(
      Recipient recipient, UUID conversation, OptionalLong after) {
    Listener listener = loop(recipient).listener(recipient);
    return listener == null
        ? CompletableFuture.failedStage(Refusal.unavailable("The session is not open."))
        : listener.joining().subscribe(conversation, after);
  }

  @Override
  public void unsubscribe(Recipient recipient, UUID conversation) {
    Listener listener = loop(recipient).listener(recipient);
    if (listener != null) {
      listener.unsubscribe(conversation);
    }
  }

  @Override
  public boolean subscribed(Recipient recipient, UUID conversation) {
    Listener listener = loop(recipient).listener(recipient);
    return listener != null && listener.subscription(conversation) != null;
  }

  @Override
  public CompletionStage<Void> watch(Recipient recipient, List<UUID> users) {
    LoopFanout loop = loop(recipient);
    Listener listener = loop.listener(recipient);
    if (listener == null) {
      return CompletableFuture.completedStage(null);
    }
    CompletableFuture<?>[] recorded =
        users.stream()
            .filter(listener::watch)
            .map(user -> ports.interests().add(Route.presence(user), loop).toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    CompletableFuture<Void> done = new CompletableFuture<>();
    var _ =
        CompletableFuture.allOf(recorded)
            .whenCompleteAsync((nothing, problem) -> done.complete(null), recipient.loop());
    return done;
  }

  @Override
  public void holdPresence(Recipient recipient) {
    Listener listener = loop(recipient).listener(recipient);
    if (listener != null) {
      listener.holdPresence();
    }
  }

  @Override
  public void tellPresence(Recipient recipient, List<UUID> users, Map<UUID, Shown> known) {
    Listener listener = loop(recipient).listener(recipient);
    if (listener != null) {
      listener.tellPresence(users, known);
    }
  }

  @Override
  public void unwatch(Recipient recipient, List<UUID> users) {
    Listener listener = loop(recipient).listener(recipient);
    if (listener != null) {
      users.forEach(listener::unwatch);
    }
  }

  @Override
  public void closed(Recipient recipient) {
    Listener listener = loop(recipient).listener(recipient);
    if (listener != null) {
      listener.close();
    }
  }

  private LoopFanout loop(Recipient recipient) {
    return ports.loops().of(recipient.loop(), ports);
  }
}
