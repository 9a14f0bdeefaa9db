/// What a run says: times to recover, one table, one JSON file.
@NullMarked
package dev.parley.chaos.report;

import org.jspecify.annotations.NullMarked;
