/// The log of a conversation as clients read it, and adding to it over REST.
@NullMarked
package dev.parley.messages.history;

import org.jspecify.annotations.NullMarked;
