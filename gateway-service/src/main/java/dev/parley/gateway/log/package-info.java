/// Reading the log: heads, pages of events and memberships, over HTTP from the message-service.
@NullMarked
package dev.parley.gateway.log;

import org.jspecify.annotations.NullMarked;
