/// From committed events to gateways: routes in Redis, records in Kafka, the outbox of REST.
@NullMarked
package dev.parley.messages.fanout;

import org.jspecify.annotations.NullMarked;
