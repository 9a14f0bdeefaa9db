package dev.parley.chaos.fault;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A fault was done, and the process that it hit did not come back: no failure of the harness, but
/// one of what it tests.
public final class NotBackException extends IOException {
  private static final long serialVersionUID = 1;

  public NotBackException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
