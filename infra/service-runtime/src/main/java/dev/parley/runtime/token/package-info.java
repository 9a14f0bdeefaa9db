/// Who is calling: one verifier of access tokens for sockets and for REST.
@NullMarked
package dev.parley.runtime.token;

import org.jspecify.annotations.NullMarked;
