/// Who there is: registration, profiles, search.
@NullMarked
package dev.parley.auth.users;

import org.jspecify.annotations.NullMarked;
