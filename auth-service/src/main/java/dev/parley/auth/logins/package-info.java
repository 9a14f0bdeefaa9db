/// Logging in, refreshing and logging out.
@NullMarked
package dev.parley.auth.logins;

import org.jspecify.annotations.NullMarked;
