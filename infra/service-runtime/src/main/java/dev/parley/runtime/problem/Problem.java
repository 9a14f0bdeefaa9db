package dev.parley.runtime.problem;

import dev.parley.contracts.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request that is refused for an expected reason. Throw it from anything that serves REST; the
/// client gets an RFC 9457 document with its [#code()] and message. It carries no stack trace,
/// since the message alone says what to do.
public final class Problem extends RuntimeException {
  private final ErrorCode code;
  private final @Nullable Duration retryAfter;

  /// @param detail one sentence for the client; never another exception's text
  public Problem(ErrorCode code, String detail) {
    this(code, detail, null);
  }

  /// @param retryAfter when the same request may succeed; null where waiting does not help
  public Problem(ErrorCode code, String detail, @Nullable Duration retryAfter) {
    super(detail, null, false, false);
    this.code = code;
    this.retryAfter = retryAfter;
  }

  /// What went wrong, as clients know it.
  public ErrorCode code() {
    return code;
  }

  /// How long to wait before the same request may succeed, or null.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
