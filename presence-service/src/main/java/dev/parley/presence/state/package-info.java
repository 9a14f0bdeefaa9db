/// How one user is, made of the user's sessions: pure, with time given from outside.
@NullMarked
package dev.parley.presence.state;

import org.jspecify.annotations.NullMarked;
