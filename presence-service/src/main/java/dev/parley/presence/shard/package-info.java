/// The running side: reads `sessions`, keeps shards of users in Redis, notices lost gateways, tells
/// changes.
@NullMarked
package dev.parley.presence.shard;

import org.jspecify.annotations.NullMarked;
