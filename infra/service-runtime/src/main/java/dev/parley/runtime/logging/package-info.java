/// How this process logs: fields, escaping on terminals, levels at run time.
@NullMarked
package dev.parley.runtime.logging;

import org.jspecify.annotations.NullMarked;
