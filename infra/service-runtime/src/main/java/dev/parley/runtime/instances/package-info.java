/// Which instance of another service is asked.
@NullMarked
package dev.parley.runtime.instances;

import org.jspecify.annotations.NullMarked;
