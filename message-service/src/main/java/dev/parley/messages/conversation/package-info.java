/// Conversations: opening, seeing, changing and listing them.
@NullMarked
package dev.parley.messages.conversation;

import org.jspecify.annotations.NullMarked;
