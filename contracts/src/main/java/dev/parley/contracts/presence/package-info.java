/// Who has sessions where, from gateways over `sessions`, for the presence-service.
@NullMarked
package dev.parley.contracts.presence;

import org.jspecify.annotations.NullMarked;
