/// The event log in PostgreSQL: plain, set-based SQL. Both ways in (commands and REST) append here.
@NullMarked
package dev.parley.messages.log;

import org.jspecify.annotations.NullMarked;
