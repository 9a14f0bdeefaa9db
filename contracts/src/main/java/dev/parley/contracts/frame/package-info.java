/// What clients and gateways say to each other, one JSON object at a time. The whole protocol is
/// described in docs/protocol.md; a test holds that description against this package.
@NullMarked
package dev.parley.contracts.frame;

import org.jspecify.annotations.NullMarked;
