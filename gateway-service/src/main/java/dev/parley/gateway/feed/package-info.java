/// Fan-out: each subscribed conversation in order, once, without gaps, to each local session.
@NullMarked
package dev.parley.gateway.feed;

import org.jspecify.annotations.NullMarked;
