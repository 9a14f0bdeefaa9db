package dev.parley.system;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// What a client holds of one conversation over all its sessions, by the protocol's rule: the
/// numbers of events, and of the `sent`s that stand for events, are consecutive.
final class Reading {
  private final String conversation;
  private final List<String> violations = new ArrayList<>();
  private long position;

  /// @param position the last number that is known already
  Reading(String conversation, long position) {
    this.conversation = conversation;
    this.position = position;
  }

  /// Takes everything that a session which resumed at [#position()] has heard.
  void take(List<JsonNode> heard) {
    for (JsonNode frame : heard) {
      if (frame.path("conversation").asText().equals(conversation)) {
        take(frame);
      }
    }
  }

  /// The number of the last event.
  long position() {
    return position;
  }

  /// Frames that came out of turn.
  List<String> violations() {
    return violations;
  }

  private void take(JsonNode frame) {
    long seq = frame.path("seq").asLong();
    switch (frame.get("type").asText()) {
      case "event" -> {
        if (seq != position + 1) {
          violations.add("after " + position + " came " + frame);
        }
        position = seq;
      }
      case "sent" -> {
        if (seq == position + 1) {
          position = seq;
        }
      }
      case "behind" -> violations.add("at " + position + " came " + frame);
      default -> {}
    }
  }
}
