/// What a message may contain, checked alike for the socket and for REST.
@NullMarked
package dev.parley.contracts.content;

import org.jspecify.annotations.NullMarked;
