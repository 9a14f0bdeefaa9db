/// How the services measure alike.
@NullMarked
package dev.parley.runtime.metrics;

import org.jspecify.annotations.NullMarked;
