/// Changes that come in over REST: one transaction, then distribution; the first answers of those
/// that create something are kept for their repetitions.
@NullMarked
package dev.parley.messages.change;

import org.jspecify.annotations.NullMarked;
