package dev.parley.runtime.logging;

import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/// What the log lines of the current thread are about, until it is closed: fields of their own in
/// JSON, `name=value` at the end of a line on a terminal. Only ids, never what somebody wrote.
///
/// Confined to its thread. Costs something, so open it where a line is written, not where one may
/// be.
public final class About implements AutoCloseable {
  private final List<String> fields = new ArrayList<>(3);

  private About() {}

  /// About a session of a client.
  public static About session(@Nullable Object id) {
    return new About().with("session", id);
  }

  /// About a conversation.
  public static About conversation(@Nullable Object id) {
    return new About().with("conversation", id);
  }

  /// About a trace, as its `traceparent` tells it; null is about nothing.
  public static About trace(@Nullable String traceparent) {
    return new About().andTrace(traceparent);
  }

  /// And a session too.
  public About andSession(@Nullable Object id) {
    return with("session", id);
  }

  /// And a message too.
  public About andMessage(@Nullable Object id) {
    return with("messageId", id);
  }

  /// And a trace too.
  public About andTrace(@Nullable String traceparent) {
    return traceparent != null && traceparent.matches("[0-9a-f]{2}-[0-9a-f]{32}-.*")
        ? with("trace", traceparent.substring(3, 35))
        : this;
  }

  // Whoever tells of a failure must not fail by that, whatever is missing.
  private About with(String name, @Nullable Object value) {
    if (value != null) {
      MDC.put(name, value.toString());
      fields.add(name);
    }
    return this;
  }

  @Override
  public void close() {
    fields.forEach(MDC::remove);
  }
}
