package dev.parley.gateway.protocol;

import dev.parley.contracts.frame.ClientFrames;
import dev.parley.contracts.frame.ParsedFrame;
import dev.parley.contracts.json.JsonLimits;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What a client has sent and is not handled yet, line by line. Bounded by the transport, which
/// stops reading while something waits here: the messages that were under way already, at most the
/// socket's read buffer. Confined to the loop.
final class Inbox {
  private final ArrayDeque<byte[]> messages = new ArrayDeque<>(2);
  private final JsonLimits limits;
  private int offset;

  Inbox(JsonLimits limits) {
    this.limits = limits;
  }

  void add(byte[] message) {
    messages.addLast(message);
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  void clear() {
    messages.clear();
    offset = 0;
  }

  /// What the next line that is not blank says; null if there is none.
  @Nullable ParsedFrame next() {
    byte[] message;
    while ((message = messages.peekFirst()) != null) {
      int start = offset;
      int end = start;
      boolean blank = true;
      while (end < message.length && message[end] != '\n') {
        blank &= message[end] == ' ' || message[end] == '\t' || message[end] == '\r';
        end++;
      }
      offset = end + 1;
      if (offset >= message.length) {
        messages.removeFirst();
        offset = 0;
      }
      if (!blank) {
        return ClientFrames.parse(message, start, end - start, limits);
      }
    }
    return null;
  }
}
