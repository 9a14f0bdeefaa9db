package dev.parley.runtime.trail;

import dev.parley.contracts.routing.SlotAddress;
import java.util.List;

/// What came back to a question.
///
/// @param asked whether it could be asked at all: not without Redis
/// @param silent gateways that hold a slot and did not answer in time
/// @param unanswered how many processes heard the question and did not answer in time
public record Collected(
    boolean asked, List<Answer> answers, List<SlotAddress> silent, int unanswered) {
  static final Collected NOTHING = new Collected(false, List.of(), List.of(), 0);
}
