/// How often one account or address may try.
@NullMarked
package dev.parley.auth.limits;

import org.jspecify.annotations.NullMarked;
