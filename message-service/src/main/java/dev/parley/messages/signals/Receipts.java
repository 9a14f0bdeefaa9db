package dev.parley.messages.signals;

import dev.parley.contracts.signal.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Gathers receipts: the first of a user in a conversation goes out at once, of those that follow
/// within the window the last one when it ends. Used by one thread.
///
/// Bounded: with [#KEYS_MAX] open windows further receipts are not gathered.
final class Receipts {
  private static final int KEYS_MAX = 100_000;

  private final long window;
  // In the order in which the windows end, since all are equally long.
  private final Map<Participant, Window> windows = new LinkedHashMap<>();

  /// @param windowNanos how long a window is
  Receipts(long windowNanos) {
    this.window = windowNanos;
  }

  /// A receipt to be sent.
  ///
  /// @param others whether others than the user's own sessions see it
  record Receipt(Signal.Read read, boolean others) {}

  private record Window(long end, @Nullable Receipt last) {}

  /// Takes `receipt`, whose seq is above all earlier ones of its user and conversation.
  ///
  /// @return whether it is to be sent now
  boolean offer(Receipt receipt, long nanoTime) {
    Participant key = new Participant(receipt.read().conversation(), receipt.read().user());
    Window open = windows.get(key);
    if (open != null) {
      windows.put(key, new Window(open.end(), receipt));
      return false;
    }
    if (windows.size() < KEYS_MAX) {
      windows.put(key, new Window(nanoTime + window, null));
    }
    return true;
  }

  /// Closes windows that have ended and gives what was gathered in them, to be sent now.
  List<Receipt> due(long nanoTime) {
    List<Receipt> due = new ArrayList<>();
    var open = windows.entrySet().iterator();
    while (open.hasNext()) {
      Window next = open.next().getValue();
      if (next.end() - nanoTime > 0) {
        break;
      }
      open.remove();
      if (next.last() != null) {
        due.add(next.last());
      }
    }
    for (Receipt receipt : due) {
      Participant key = new Participant(receipt.read().conversation(), receipt.read().user());
      windows.put(key, new Window(nanoTime + window, null));
    }
    return due;
  }

  /// When the next window ends, as `nanoTime`; empty if none is open.
  OptionalLong nextEnd() {
    return windows.isEmpty()
        ? OptionalLong.empty()
        : OptionalLong.of(windows.values().iterator().next().end());
  }
}
