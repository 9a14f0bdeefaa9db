package dev.parley.presence.shard;

/// A shard is not as its owner left it: another instance has taken it, or Redis lost or rolled back
/// its content. It has to be taken anew. An expected state of affairs: carries no stack trace.
final class Displaced extends RuntimeException {
  Displaced(String message) {
    super(message, null, false, false);
  }
}
