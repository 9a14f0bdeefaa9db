package dev.parley.chaos.check;

/// What must hold whatever dies. The names are those of reports and do not change.
public enum Invariant {
  NO_LOSS("Every acknowledged change is in the log."),
  DELIVERED("What is in the log has reached every device whose user is a member, by the end."),
  NO_DUPLICATE("One id is in the log once, and a session gets each number once."),
  SAME_ORDER("Every device sees each number as the same event, and numbers in rising order."),
  SENDER_ORDER("What one session sends to one conversation keeps its order, repetitions apart."),
  TIME_ORDER("What is asked for after something was seen stands behind it in the log."),
  GAPLESS("Numbers start at 1 and have no holes, in the log and in each page of it."),
  NOTHING_FROM_NOWHERE("What is in the log was asked for by a client; what is seen is in the log."),
  CONTENT("Content is what was meant, in the log and wherever it is seen."),
  HONEST_ACKNOWLEDGEMENT("The number and time of an answer are those of the log."),
  SAME_ANSWER("The same id again gets the first answer."),
  REFUSED_LEAVES_NO_TRACE("What was refused each time it was asked for is not in the log."),
  RIGHTLY_REFUSED("Nobody is refused for good what is valid and what they have the right to send."),
  READ_AFTER_ACKNOWLEDGE("A read finds whatever anybody had seen or was answered before it began."),
  SESSION_CONSECUTIVE("In a session numbers have no gap but those that `behind` tells."),
  SECRECY("Nobody gets what was committed while they were no member, unless they are one again."),
  PERMITTED("Nothing is in the log that its author had no right to do."),
  ANSWERED("A command on a living session is answered."),
  PROTOCOL("A session gets nothing that the protocol does not allow."),
  AT_REST("When all faults are over everything comes back to rest.");

  private final String promise;

  Invariant(String promise) {
    this.promise = promise;
  }

  /// The invariant in one sentence.
  public String promise() {
    return promise;
  }
}
