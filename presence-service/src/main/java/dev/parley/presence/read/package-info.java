/// What others may ask of users' presence.
@NullMarked
package dev.parley.presence.read;

import org.jspecify.annotations.NullMarked;
