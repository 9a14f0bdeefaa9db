/// The people that the auth-service knows.
@NullMarked
package dev.parley.messages.users;

import org.jspecify.annotations.NullMarked;
