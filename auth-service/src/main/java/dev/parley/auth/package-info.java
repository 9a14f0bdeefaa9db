/// The auth-service: users, their logins, and the keys that sign access tokens.
@NullMarked
package dev.parley.auth;

import org.jspecify.annotations.NullMarked;
