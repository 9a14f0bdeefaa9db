/// Commands and signals on their way to the message-service, and what is known of their fate.
@NullMarked
package dev.parley.gateway.command;

import org.jspecify.annotations.NullMarked;
