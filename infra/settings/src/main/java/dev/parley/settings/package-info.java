/// Which settings the services have, as their sources say it.
@NullMarked
package dev.parley.settings;

import org.jspecify.annotations.NullMarked;
