package dev.parley.contracts.frame;

/// What a frame may hold at most. These are the same everywhere, so clients may rely on them; those
/// that an installation can change are told in `connected`.
public final class Limits {
  /// The greatest `id` and `seq`: beyond it JavaScript's numbers are no longer exact.
  public static final long NUMBER = (1L << 53) - 1;

  /// Conversations in `resume`.
  public static final int RESUMED = 1_000;

  /// Bytes of `device`.
  public static final int DEVICE = 128;

  /// Events that one `history` asks for.
  public static final int HISTORY = 200;

  /// Events that `history` gets without `limit`.
  public static final int HISTORY_DEFAULT = 50;

  /// Bytes of a signal's `name`.
  public static final int SIGNAL_NAME = 64;

  /// Bytes of a signal's `data`, compact.
  public static final int SIGNAL_DATA = 4 * 1024;

  /// Conversations to which one session is subscribed.
  public static final int SUBSCRIPTIONS = 5_000;

  /// Users in one `watch`, and watched by one session.
  public static final int WATCHED = 1_000;

  /// Bytes of one message from a gateway.
  public static final int SERVER_MESSAGE = 1024 * 1024;

  private Limits() {}
}
