/// Access tokens of live sessions: checked, watched for revocation.
@NullMarked
package dev.parley.gateway.token;

import org.jspecify.annotations.NullMarked;
