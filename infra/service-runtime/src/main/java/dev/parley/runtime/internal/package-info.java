/// What guards the addresses that only other services may call, and the secrets of an installation.
@NullMarked
package dev.parley.runtime.internal;

import org.jspecify.annotations.NullMarked;
