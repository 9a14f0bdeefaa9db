/// Moments at which tests stop a process by intent. Nothing of it is in a build for production.
@NullMarked
package dev.parley.messages.failpoint;

import org.jspecify.annotations.NullMarked;
