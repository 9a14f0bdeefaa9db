package dev.parley.gateway.feed;

import dev.parley.contracts.CloseCode;
import dev.parley.contracts.delivery.Delivery;
import dev.parley.contracts.routing.SlotAddress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Where what comes from the services behind the gateway enters fan-out.
public interface Deliveries {
  /// Hands a batch of deliveries to the sessions that they are for, each loop once. Waits while a
  /// loop has too much to do; so it is called on a thread of its own, and always on the same one.
  ///
  /// @param here this gateway's address; replies that are owed by another are not for it
  /// @return how many of the deliveries nobody here wanted
  int accept(List<Delivery> batch, SlotAddress here);

  /// Event `seq` of the batch that follows is sampled; its record carries `traceparent`. On the
  /// thread that calls [#accept].
  default void traced(UUID conversation, long seq, String traceparent) {}

  /// Compares what was delivered with the log's heads, and what sessions are subscribed to with
  /// their users' memberships, and makes up for what is missing. After an outage; any thread. Fails
  /// with a [dev.parley.gateway.session.Refusal] when the log cannot be read.
  CompletionStage<Void> compareAll();

  /// Ends every session; any thread.
  void closeAll(CloseCode code, String reason);
}
