/// Telling every service that a login or a user is revoked.
@NullMarked
package dev.parley.auth.revocations;

import org.jspecify.annotations.NullMarked;
