package dev.parley.presence.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was last told of a user, which is also what everybody who asks is answered: nobody can
/// learn more by asking than by watching.
///
/// @param text beside a visible status
/// @param at epoch milliseconds; of an offline user when others could last see them, 0 if never; of
///   a visible one when this was told
public record Told(ShownStatus status, @Nullable String text, long at) {
  /// Of a user of whom nothing was ever told.
  public static final Told NEVER_SEEN = new Told(ShownStatus.OFFLINE, null, 0);

  public Told {
    text = status.visible() ? text : null;
  }

  boolean shows(Told other) {
    return status == other.status && Objects.equals(text, other.text);
  }
}
