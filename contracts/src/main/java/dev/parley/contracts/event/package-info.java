/// The events of a conversation's log and their exact bytes, made by the message-service alone.
@NullMarked
package dev.parley.contracts.event;

import org.jspecify.annotations.NullMarked;
