/// Who may do what to which conversation: one pure function, asked by every way in.
@NullMarked
package dev.parley.messages.permission;

import org.jspecify.annotations.NullMarked;
