/// What other services ask of the message-service, on behalf of a user.
@NullMarked
package dev.parley.messages.internal;

import org.jspecify.annotations.NullMarked;
