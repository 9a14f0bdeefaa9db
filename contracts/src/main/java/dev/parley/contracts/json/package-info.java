/// JSON as it crosses Parley: strict at the edge, carried as bytes ever after.
@NullMarked
package dev.parley.contracts.json;

import org.jspecify.annotations.NullMarked;
