package dev.parley.runtime.trail;

/// Something that happened to a message in one process. What the two numbers of a [TrailRing.Entry]
/// say depends on it. Steps of commands are kept under the message's id, all others under the
/// event's number.
public enum Step {
  /// A gateway took the command from a client and handed it to Kafka.
  RECEIVED(true),
  /// A gateway could not hand the command to Kafka, or does not know whether it did.
  LOST(true),
  /// A message-service committed it; numbers: seq, when its gateway received it (0: not known).
  COMMITTED(true),
  /// A message-service refused it; numbers: the error's HTTP status, when it was received.
  REFUSED(true),
  /// A message-service found it committed before; numbers: seq, when it was received.
  REPEATED(true),
  /// A message-service sent the event to slots; numbers: their bits (bit 0 is slot 1).
  ROUTED(false),
  /// A message-service sent the event to every gateway.
  BROADCAST(false),
  /// A gateway read the event; nobody on it is subscribed.
  UNWANTED(false),
  /// A gateway read the event, for nobody but its sender, who got the reply alone.
  REPLY_ONLY(false),
  /// A gateway read the event again.
  DUPLICATE(false),
  /// A gateway read the event and put it in order.
  ARRIVED(false),
  /// An event loop of a gateway handed it to its sessions; numbers: to how many, and how many more
  /// were catching up just then and get it from the log.
  WRITTEN(false);

  private static final Step[] ALL = values();

  private final boolean ofCommand;

  Step(boolean ofCommand) {
    this.ofCommand = ofCommand;
  }

  boolean ofCommand() {
    return ofCommand;
  }

  static Step at(long ordinal) {
    return ALL[(int) ordinal];
  }
}
