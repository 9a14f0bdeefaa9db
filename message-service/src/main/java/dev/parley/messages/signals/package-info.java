/// What is not in the log (typing, custom signals, read positions): topic `signals` to topic
/// `signals.deliveries`, so that it never waits behind the log. At most once, except that a read
/// position, once `done`, is stored.
@NullMarked
package dev.parley.messages.signals;

import org.jspecify.annotations.NullMarked;
