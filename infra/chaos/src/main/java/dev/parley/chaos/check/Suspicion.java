package dev.parley.chaos.check;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A violation before its story is told.
///
/// @param seq 0 if it is not about one number
/// @param at microseconds since the run began, -1 if no client saw it
record Suspicion(
    Invariant invariant,
    String statement,
    @Nullable UUID conversation,
    long seq,
    long at,
    List<Client> clients) {

  static Suspicion ofLog(Invariant invariant, Logged row, String statement) {
    return new Suspicion(invariant, statement, row.conversation(), row.seq(), -1, List.of());
  }

  static Suspicion seen(
      Invariant invariant, Client client, UUID conversation, long seq, long at, String statement) {
    return new Suspicion(
        invariant, client.name() + " " + statement, conversation, seq, at, List.of(client));
  }

  static Suspicion of(Invariant invariant, Client client, long at, String statement) {
    return new Suspicion(invariant, client.name() + " " + statement, null, 0, at, List.of(client));
  }
}
