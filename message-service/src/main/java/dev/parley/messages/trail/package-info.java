/// Where is my message: what the database and every process know of one.
@NullMarked
package dev.parley.messages.trail;

import org.jspecify.annotations.NullMarked;
