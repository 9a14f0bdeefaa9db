/// What this gateway remembers of messages, for whoever looks for one.
@NullMarked
package dev.parley.gateway.trail;

import org.jspecify.annotations.NullMarked;
