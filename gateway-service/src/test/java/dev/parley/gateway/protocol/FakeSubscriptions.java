package dev.parley.gateway.protocol;

import dev.parley.contracts.ErrorCode;
import dev.parley.gateway.feed.Subscriptions;
import dev.parley.gateway.presence.Shown;
import dev.parley.gateway.session.Recipient;
import dev.parley.gateway.session.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Fan-out that notes what it was asked, and answers at once unless it is told to wait.
final class FakeSubscriptions implements Subscriptions {
  final List<String> calls = new ArrayList<>();
  final Set<UUID> subscribed = new HashSet<>();
  final Set<UUID> unknown = new HashSet<>();
  CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
  List<Head> heads = List.of();
  boolean truncated;
  Refusal refusal;
  int held;
  Runnable told = () -> {};

  /// Of whom the session was told at last, and whether that was something.
  final Map<UUID, Boolean> shown = new HashMap<>();

  @Override
  public CompletionStage<Opened> open(Recipient recipient, boolean all, Map<UUID, Long> resume) {
    calls.add("open all=" + all + " resume=" + resume);
    if (refusal != null) {
      return CompletableFuture.failedStage(refusal);
    }
    return gate.thenApply(open -> new Opened(heads, truncated, () -> calls.add("start")));
  }

  @Override
  public CompletionStage<Prepared> subscribe(
      Recipient recipient, UUID conversation, OptionalLong after) {
    calls.add("subscribe " + conversation + " " + after);
    if (unknown.contains(conversation)) {
      return CompletableFuture.failedStage(
          new Refusal(ErrorCode.NOT_FOUND, "There is no such conversation."));
    }
    return gate.thenApply(open -> {
      subscribed.add(conversation);
      return new Prepared(57, () -> calls.add("start " + conversation));
    });
  }

  @Override
  public void unsubscribe(Recipient recipient, UUID conversation) {
    calls.add("unsubscribe " + conversation);
    subscribed.remove(conversation);
  }

  @Override
  public boolean subscribed(Recipient recipient, UUID conversation) {
    return subscribed.contains(conversation);
  }

  @Override
  public CompletionStage<Void> watch(Recipient recipient, List<UUID> users) {
    calls.add("watch " + users.size());
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void holdPresence(Recipient recipient) {
    held++;
  }

  @Override
  public void tellPresence(Recipient recipient, List<UUID> users, Map<UUID, Shown> known) {
    held--;
    shown.clear();
    users.forEach(user -> shown.put(user, known.containsKey(user)));
    told.run();
  }

  @Override
  public void unwatch(Recipient recipient, List<UUID> users) {
    calls.add("unwatch " + users.size());
  }

  @Override
  public void closed(Recipient recipient) {
    calls.add("closed");
  }
}
