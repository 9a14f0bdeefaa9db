/// Writing to Kafka without ever making an event loop wait.
@NullMarked
package dev.parley.gateway.kafka;

import org.jspecify.annotations.NullMarked;
