/// What an access token says, and how services tell each other that a login or a user is revoked.
@NullMarked
package dev.parley.contracts.token;

import org.jspecify.annotations.NullMarked;
