package dev.parley.chaos.schedule;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Cards that are dealt until none is left, and then shuffled again: everything comes up, and
/// nothing much more often than it should.
final class Deck<T> {
  private final List<T> cards;
  private final Random random;
  private final List<T> left = new ArrayList<>();

  Deck(List<T> cards, Random random) {
    this.cards = List.copyOf(cards);
    this.random = random;
  }

  T deal() {
    if (left.isEmpty()) {
      left.addAll(cards);
      Collections.shuffle(left, random);
    }
    return left.removeLast();
  }

  /// Lays a card back: it is the next but one.
  void putBack(T card) {
    left.add(Math.max(0, left.size() - 1), card);
  }
}
