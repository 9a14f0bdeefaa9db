/// Who is in a conversation with which role, and every change of that.
@NullMarked
package dev.parley.messages.membership;

import org.jspecify.annotations.NullMarked;
