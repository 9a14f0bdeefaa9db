/// Commands that change a conversation's log, from gateways to the message-service over `commands`.
@NullMarked
package dev.parley.contracts.command;

import org.jspecify.annotations.NullMarked;
