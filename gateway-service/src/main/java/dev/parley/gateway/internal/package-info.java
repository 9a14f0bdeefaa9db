/// Requests to the internal addresses of other services.
@NullMarked
package dev.parley.gateway.internal;

import org.jspecify.annotations.NullMarked;
