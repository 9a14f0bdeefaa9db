/// What a stack consists of: from the options of `up` to one [dev.parley.servers.Server] per
/// process, with its port, flags and configuration. Starts nothing.
@NullMarked
package dev.parley.stack.plan;

import org.jspecify.annotations.NullMarked;
