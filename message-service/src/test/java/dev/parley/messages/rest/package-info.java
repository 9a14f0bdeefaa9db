/// The REST interface against real Kafka, PostgreSQL and Redis.
@NullMarked
package dev.parley.messages.rest;

import org.jspecify.annotations.NullMarked;
