package dev.parley.presence.redis;

/// Redis does not answer, or not in time: what was to be written may be written or not. An expected
/// state of affairs: carries no stack trace.
public final class RedisDown extends RuntimeException {
  RedisDown(String message) {
    super(message, null, false, false);
  }
}
