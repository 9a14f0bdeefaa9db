/// Which logins and users have been revoked lately.
@NullMarked
package dev.parley.runtime.revocation;

import org.jspecify.annotations.NullMarked;
