/// What one session and one user may ask of a gateway.
@NullMarked
package dev.parley.gateway.limit;

import org.jspecify.annotations.NullMarked;
