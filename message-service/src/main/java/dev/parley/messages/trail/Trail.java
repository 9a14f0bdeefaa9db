package dev.parley.messages.trail;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a message has been. All times are RFC 3339.
///
/// @param received null where nobody remembers
/// @param committed null while it is not in the log
/// @param decided what message-services remember of its commands, repetitions included
/// @param routed what message-services remember of sending it to gateways
/// @param gateways one for each gateway there is
/// @param unknown what could not be found out, in sentences; empty where all is said
@JsonInclude(JsonInclude.Include.NON_NULL)
record Trail(
    UUID conversation,
    UUID message,
    @Nullable Received received,
    @Nullable Committed committed,
    List<Decided> decided,
    List<Routed> routed,
    List<AtGateway> gateways,
    List<String> unknown) {

  /// @param via `socket` or `rest`
  /// @param gateway `slot.incarnation` of the gateway that took it, where that is known
  /// @param times how often it was sent, as far as gateways remember; 0 if none does
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Received(String at, String via, @Nullable String gateway, int times) {}

  record Committed(long seq, String at, UUID user) {}

  /// @param result `committed`, `repeated`, or the code of a refusal
  record Decided(String at, String result) {}

  /// @param everyone sent to the partition that all gateways read
  /// @param slots sent to these, where not to everyone; none: nobody was interested
  record Routed(String at, boolean everyone, List<Integer> slots) {}

  /// What one gateway did with the event.
  ///
  /// @param slot null for one that holds none now
  /// @param arrived when it read the event first
  /// @param written when sessions were given it, and how many
  /// @param sessions sum of those in `written`
  /// @param why why it is not more, in a sentence
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record AtGateway(
      @Nullable Integer slot,
      @Nullable String incarnation,
      @Nullable String arrived,
      List<Written> written,
      long sessions,
      @Nullable String why) {}

  /// @param sessions how many were handed it on one event loop
  /// @param catchingUp how many more were reading the log just then and get it from there
  record Written(String at, long sessions, long catchingUp) {}
}
